import { LEAD_NAMES, type LeadName } from '../../contract.ts'

export const LAYOUTS = ['3x4+1', '3x4', '3x4+3', '6x2', 'cabrera', '12x1', 'one', 'median'] as const
export type LayoutId = (typeof LAYOUTS)[number]

/** A lead as a layout shows it; Cabrera's sequence turns aVR over. */
export interface PlacedLead {
  lead: LeadName
  inverted: boolean
}

/** Height of a row of each layout, in mm: whole steps of the bold grid. */
export const ROW_MM: Readonly<Record<LayoutId, number>> = {
  '3x4+1': 25,
  '3x4': 35,
  '3x4+3': 20,
  '6x2': 20,
  cabrera: 20,
  '12x1': 15,
  one: 90,
  median: 35,
}

const RHYTHM: Partial<Record<LayoutId, readonly LeadName[]>> = { '3x4+1': ['II'], '3x4+3': ['II', 'V1', 'V5'] }

/**
 * The rows of a layout, each from left to right.
 *
 * @param lead  what the layout `one` shows
 * @see AHA/ACCF/HRS recommendations, part I, 2007, for the sequence of Cabrera: aVL, I, −aVR, II, aVF, III
 */
export function leadRows(layout: LayoutId, lead: LeadName): PlacedLead[][] {
  const upright = (names: readonly LeadName[]): PlacedLead[] => names.map((name) => ({ lead: name, inverted: false }))
  const column = (first: number, count: number): PlacedLead[] => upright(LEAD_NAMES.slice(first, first + count))
  switch (layout) {
    case '3x4+1':
    case '3x4':
    case '3x4+3':
    case 'median': {
      const columns = [column(0, 3), column(3, 3), column(6, 3), column(9, 3)]
      return [...byRow(columns), ...(RHYTHM[layout] ?? []).map((name) => upright([name]))]
    }
    case '6x2':
      return byRow([column(0, 6), column(6, 6)])
    case 'cabrera': {
      const limbs = upright(['aVL', 'I', 'aVR', 'II', 'aVF', 'III'])
      limbs[2]!.inverted = true
      return byRow([limbs, column(6, 6)])
    }
    case '12x1':
      return byRow([column(0, 12)])
    case 'one':
      return [upright([lead])]
  }
}

const byRow = (columns: readonly PlacedLead[][]): PlacedLead[][] =>
  columns[0]!.map((_, row) => columns.map((leads) => leads[row]!))
