import type { REPORT_PAPERS } from '../../../src-preload/contract/constants.ts'

/** Paper that a report is laid out for, portrait, in mm (ISO 216; ANSI/ASME Y14.1). */
const PORTRAIT_MM = { A4: [210, 297], Letter: [215.9, 279.4] } as const

export type Paper = (typeof REPORT_PAPERS)[number]
export type Orientation = 'portrait' | 'landscape'

export interface PageSize {
  readonly widthMm: number
  readonly heightMm: number
}

export function pageSize(paper: Paper, orientation: Orientation): PageSize {
  const [shortMm, longMm] = PORTRAIT_MM[paper]
  return orientation === 'portrait' ? { widthMm: shortMm, heightMm: longMm } : { widthMm: longMm, heightMm: shortMm }
}

/** PDF counts in points of 1/72 inch. */
export const POINTS_PER_MM = 72 / 25.4
