import { childAt, decimal, type XmlElement } from '../xml.ts'

/** Type of a sequence's value (`xsi:type`, by whatever prefix), e.g. `SLIST_PQ`. */
export function valueType(element: XmlElement): string | undefined {
  const attributes = Object.entries(childAt(element, 'value')?.attributes ?? {})
  const type = attributes.find(([name]) => name.split(':').at(-1) === 'type')?.[1]
  return type?.split(':').at(-1)
}

/** A physical quantity (PQ): its number and its unit, each undefined where it is not stated. */
export function quantity(element: XmlElement | undefined): { value: number | undefined; unit: string | undefined } {
  return {
    value: decimal(element?.attributes['value']?.trim()),
    unit: element?.attributes['unit']?.trim() || undefined,
  }
}
