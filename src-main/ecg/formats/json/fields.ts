/** An object of a JSON text, of which nothing is known. */
export type JsonObject = { readonly [key: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function objectField(object: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined
  return isObject(value) ? value : undefined
}

/** The first of the fields that is a text with something in it. */
export function textField(object: JsonObject | undefined, names: readonly string[]): string | undefined {
  return names
    .map((name) => (object && Object.hasOwn(object, name) ? object[name] : undefined))
    .find((value): value is string => typeof value === 'string' && value.trim() !== '')
    ?.trim()
}

/** The first of the fields that is a number. */
export function numberField(object: JsonObject, names: readonly string[]): number | undefined {
  return names
    .map((name) => (Object.hasOwn(object, name) ? object[name] : undefined))
    .find((value) => typeof value === 'number')
}
