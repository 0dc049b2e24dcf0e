import type { Refuse } from './case-table.ts'

/** Which part of a real cine's files a case shows, as a truth table says it; absent parts are found or taken as usual. */
export interface CineChoice {
  /** Number of the series, where a folder holds several. */
  series: number | null
  plane: 'xy' | 'xz' | 'yz'
  /** From 1; null takes the only one, or the middle one. */
  slice: number | null
  /** `third`: the axis that the plane cuts is time. */
  time: 'fourth' | 'third'
  /** First and last frame of one beat, from 1, both included; null takes all. */
  frames: { first: number; last: number } | null
  /** Column and row of the middle of the 96 × 96 box, from 0; null takes the box in which most moves. */
  centre: { x: number; y: number } | null
}

export const CINE_COLUMNS = [
  'cine_series',
  'cine_plane',
  'cine_slice',
  'cine_time',
  'cine_frames',
  'cine_centre',
] as const
export type CineColumn = (typeof CINE_COLUMNS)[number]

/**
 * @param cell    content of a column, empty where the table has none
 * @param refuse  told of every cell that says nothing known
 */
export function readCineChoice(cell: (column: CineColumn) => string, refuse: Refuse<CineColumn>): CineChoice {
  const whole = (column: CineColumn, least: number): number | null => {
    const text = cell(column)
    if (text === '') return null
    if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text)
    refuse(column, 'whole-number', `"${text}" is no whole number from ${least}.`, { least })
    return null
  }
  const word = <T extends string>(column: CineColumn, words: readonly [T, ...T[]]): T => {
    const text = cell(column).toLowerCase()
    const found = words.find((one) => one === text)
    if (text !== '' && !found)
      refuse(column, 'none-of', `"${text}" is none of ${words.join(', ')}.`, { words: words.join(', ') })
    return found ?? words[0]
  }
  const pair = (column: CineColumn, form: string): [number, number] | null => {
    const text = cell(column)
    if (text === '') return null
    const match = /^(-?\d{1,5})\s*[-– ]\s*(-?\d{1,5})$/.exec(text)
    if (match) return [Number(match[1]), Number(match[2])]
    refuse(column, 'form', `"${text}" is not of the form ${form}.`, { form })
    return null
  }
  const series = whole('cine_series', 0)
  const plane = word('cine_plane', ['xy', 'xz', 'yz'])
  const slice = whole('cine_slice', 1)
  const time = word('cine_time', ['fourth', 'third'])
  const frames = pair('cine_frames', '1-25')
  if (frames && !(frames[0] >= 1 && frames[1] > frames[0]))
    refuse('cine_frames', 'frames', 'A beat has at least two frames, the first of them 1 or later.')
  const centre = pair('cine_centre', '104 96')
  return {
    series,
    plane,
    slice,
    time,
    frames: frames && { first: frames[0], last: frames[1] },
    centre: centre && { x: centre[0], y: centre[1] },
  }
}
