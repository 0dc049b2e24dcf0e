import type { Stretch } from './beats.ts'
import type { ScpLead } from './leads.ts'

/**
 * How bimodal compression lays a lead out: within protected areas every sample is stored, outside one number for every
 * `rate` samples.
 *
 * @returns index within the lead of the first sample that each stored number stands for, and the lead's length last
 * @see EN 1064, annex C.4
 */
export function bimodalLayout(lead: ScpLead, areas: readonly Stretch[], rate: number): Int32Array {
  const starts = new Int32Array(lead.sampleCount + 1)
  let stored = 0
  let area = 0
  for (let at = 0; at < lead.sampleCount; stored++) {
    const number = at + lead.start
    while (area < areas.length && areas[area]!.last < number) area++
    const isWhole = area < areas.length && number >= areas[area]!.first
    starts[stored] = at
    at += isWhole ? 1 : rate
  }
  starts[stored] = lead.sampleCount
  return starts.subarray(0, stored + 1)
}

/** The lead at its full rate: means are joined by straight lines from middle to middle. */
export function undoBimodal(stored: ArrayLike<number>, starts: Int32Array, sampleCount: number): Float64Array {
  const out = new Float64Array(sampleCount)
  const last = starts.length - 2
  const middle = (index: number): number => (starts[index]! + starts[index + 1]! - 1) / 2
  for (let index = 0; index <= last; index++) {
    for (let t = starts[index]!; t < starts[index + 1]!; t++) {
      const stray = t - middle(index)
      const other = Math.min(last, Math.max(0, index + Math.sign(stray)))
      const weight = other === index ? 0 : stray / (middle(other) - middle(index))
      out[t] = stored[index]! + weight * (stored[other]! - stored[index]!)
    }
  }
  return out
}
