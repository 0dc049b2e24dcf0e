import type { Change } from '../../findings.ts'
import type { Phenotype } from './phenotype-groups.ts'

export interface PhenotypeRow {
  phenotype: Phenotype
  name: string
  before: { value: number; change: Change } | null
}

export const ROW_ORDERS = ['pack', 'name', 'value', 'place', 'r2', 'change'] as const
export type RowOrder = (typeof ROW_ORDERS)[number]

export const ROW_FILTERS = ['all', 'outside', 'changed', 'strong'] as const
export type RowFilter = (typeof ROW_FILTERS)[number]

const PLACES = ['clearly-above', 'clearly-below', 'above', 'below', 'within'] as const

/** Rows whose name, abbreviation, field or group has every word that was typed, and that the filter lets through. */
export function filterRows(rows: readonly PhenotypeRow[], text: string, filter: RowFilter): PhenotypeRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(({ phenotype, name, before }) => {
    const searched = [name, phenotype.names.en, phenotype.id, phenotype.group, phenotype.field].join(' ').toLowerCase()
    if (!words.every((word) => searched.includes(word))) return false
    switch (filter) {
      case 'all':
        return true
      case 'outside':
        return phenotype.place !== null && phenotype.place !== 'within'
      case 'changed':
        return before?.change.beyond === true
      case 'strong':
        return !phenotype.weak
    }
  })
}

/** The order of equals is the pack's. */
export function sortRows(rows: readonly PhenotypeRow[], order: RowOrder, descending: boolean): PhenotypeRow[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => sign * compare(a, b, order) || a.phenotype.field - b.phenotype.field)
}

function compare(a: PhenotypeRow, b: PhenotypeRow, order: RowOrder): number {
  switch (order) {
    case 'pack':
      return a.phenotype.field - b.phenotype.field
    case 'name':
      return a.name.localeCompare(b.name)
    case 'value':
      return a.phenotype.value - b.phenotype.value
    case 'r2':
      return (a.phenotype.r2 ?? -1) - (b.phenotype.r2 ?? -1)
    case 'place':
      return placeRank(b) - placeRank(a)
    case 'change':
      return share(a) - share(b)
  }
}

/** Furthest outside first; those without a range last. */
function placeRank({ phenotype: { place } }: PhenotypeRow): number {
  return place === null ? PLACES.length : PLACES.indexOf(place)
}

/** Changes of different units compare by how far they go, of the width of their intervals. */
function share({ phenotype, before }: PhenotypeRow): number {
  if (!before) return -1
  const width = phenotype.interval ? phenotype.interval[1] - phenotype.interval[0] : 0
  return width > 0 ? Math.abs(before.change.by) / width : 0
}
