export interface ChangedField {
  name: string
  before: string
  after: string
  changed: boolean
}

/**
 * What an entry says field by field. A value that is no record stands in one field without a name.
 *
 * @param before  JSON, or null where there was nothing
 * @param after   JSON, or null where nothing is left
 */
export function changedFields(before: string | null, after: string | null): ChangedField[] {
  const [one, other] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
    const texts = { before: textOf(one[name]), after: textOf(other[name]) }
    return { name, ...texts, changed: texts.before !== texts.after }
  })
}

function fieldsOf(json: string | null): Record<string, unknown> {
  if (json === null) return {}
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : { '': value }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
