import { allFinite } from './moments.ts'

/** Longest run of missing samples that is bridged by a straight line: shorter than a QRS complex. */
export const LONGEST_BRIDGED_GAP_S = 0.04

/** A run of non-finite samples: `from` up to but not including `to`. */
export interface Gap {
  from: number
  to: number
}

/** All runs of NaN or infinite samples of one lead, in order. */
export function findGaps(lead: Float32Array): Gap[] {
  if (allFinite(lead)) return []
  const gaps: Gap[] = []
  for (let i = 0; i < lead.length; i += 1) {
    // Only NaN and the infinities differ from themselves here; far cheaper than a call in a loop over every sample.
    if (lead[i]! - lead[i]! === 0) continue
    const from = i
    while (i < lead.length && lead[i]! - lead[i]! !== 0) i += 1
    gaps.push({ from, to: i })
  }
  return gaps
}

/** Whether a gap is too long to be bridged. */
export const isLongGap = ({ from, to }: Gap, rateHz: number): boolean =>
  to - from > LONGEST_BRIDGED_GAP_S * rateHz + 1e-9

/**
 * Draws a straight line across every gap of at most 40 ms; at the very start or end, where one side is missing, holds the
 * nearest sample. Longer gaps stay as they are.
 *
 * @returns a new array; the lead itself where it has no gaps
 */
export function bridgeGaps(lead: Float32Array, rateHz: number): Float32Array {
  const gaps = findGaps(lead).filter((gap) => !isLongGap(gap, rateHz))
  if (gaps.length === 0) return lead
  const bridged = Float32Array.from(lead)
  for (const { from, to } of gaps) {
    const before = from > 0 ? lead[from - 1]! : lead[to]!
    const after = to < lead.length ? lead[to]! : before
    for (let i = from; i < to; i += 1) bridged[i] = before + ((after - before) * (i - from + 1)) / (to - from + 1)
  }
  return bridged
}
