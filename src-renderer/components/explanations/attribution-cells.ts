import type { LeadTimeAttribution } from '../../contract.ts'
import type { PaperLayout, PaperSettings } from '../ecg/paper-layout.ts'

/** A stretch of a lead on the paper, in mm, and how much it matters. */
export interface AttributionCell {
  xMm: number
  topMm: number
  widthMm: number
  heightMm: number
  /** −1 to 1: the change by the largest of the map; positive where the stretch raises the output. */
  share: number
}

/**
 * The cells of one output's map on a page of ECG paper; those outside the page are left out.
 *
 * @param target place in `attribution.targets`
 */
export function attributionCells(
  attribution: LeadTimeAttribution,
  target: number,
  layout: PaperLayout,
  settings: PaperSettings,
  pageStartS: number,
): AttributionCell[] {
  const { leads, windows, windowS, startS, changes } = attribution
  const count = leads.length * windows
  const map = changes.subarray(target * count, (target + 1) * count)
  const largest = Math.max(...map.map(Math.abs))
  return layout.segments.flatMap((segment) => {
    const lead = leads.indexOf(segment.lead)
    return Array.from({ length: windows }, (_, window) => {
      const fromS = startS + window * windowS - pageStartS - segment.startS
      const [from, to] = [Math.max(0, fromS), Math.min(segment.durationS, fromS + windowS)]
      return {
        xMm: segment.xMm + from * settings.speedMmPerS,
        topMm: segment.topMm,
        widthMm: (to - from) * settings.speedMmPerS,
        heightMm: segment.heightMm,
        share: largest === 0 ? 0 : map[lead * windows + window]! / largest,
      }
    }).filter(({ widthMm }) => widthMm > 0)
  })
}

/** The stretches that change an output most, the strongest first. */
export function strongestStretches(
  { leads, windows, windowS, startS, changes }: LeadTimeAttribution,
  target: number,
  count: number,
): { lead: string; fromS: number; toS: number; change: number }[] {
  const size = leads.length * windows
  return Array.from(changes.subarray(target * size, (target + 1) * size), (change, cell) => ({ change, cell }))
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, count)
    .map(({ change, cell }) => {
      const fromS = startS + (cell % windows) * windowS
      return { lead: leads[Math.floor(cell / windows)]!, fromS, toS: fromS + windowS, change }
    })
}
