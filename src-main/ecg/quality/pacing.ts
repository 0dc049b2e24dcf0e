import { median } from '../preprocessing/median.ts'

/** A pacing spike stands this long before the R peak: before an atrial or a ventricular complex. */
const SEARCH_S = { from: 0.32, to: 0.04 }
/** A spike is over within this time; a QRS complex is not. */
const REACH_S = 0.006
/** In the ring of so many reaches around a spike nothing bends by more than this share of it. */
const RING = { from: 2, to: 5 }
const LARGEST_BESIDE = 0.35
/** Smallest bend of all leads together, mV, and how far it stands out of what else is there. */
const SMALLEST_MV = 0.12
const CONTRAST = 8
/** So many of the beats, and all at nearly the same time before their R peaks. */
const LEAST_SHARE = 0.5
const SPREAD_S = 0.012

export interface PacingSpikes {
  /** Samples of the spikes, one before each paced beat. */
  at: number[]
  /** Leads (by index of what was given) in which they are seen. */
  leads: number[]
}

/**
 * Pacemaker spikes: bends of all leads within a few ms, at the same time before most R peaks.
 *
 * @param leadsMv  independent leads, mV
 * @param peaks    R peaks, samples
 * @returns        null where there are none
 */
export function findPacingSpikes(
  leadsMv: readonly Float32Array[],
  peaks: readonly number[],
  rateHz: number,
): PacingSpikes | null {
  const reach = Math.max(1, Math.round(REACH_S * rateHz))
  const found = peaks.flatMap((peak) => {
    const at = spikeBefore(leadsMv, peak, reach, rateHz)
    return at === null ? [] : [{ at, before: peak - at }]
  })
  if (found.length < Math.max(3, LEAST_SHARE * peaks.length)) return null
  const typical = median(found.map(({ before }) => before))
  const alike = found.filter(({ before }) => Math.abs(before - typical) <= SPREAD_S * rateHz).map(({ at }) => at)
  if (alike.length < Math.max(3, LEAST_SHARE * peaks.length)) return null
  const leads = leadsMv.flatMap((lead, k) => {
    const height = median(alike.map((at) => Math.max(...around(at).map((i) => Math.abs(bend(lead, i, reach))))))
    return height >= SMALLEST_MV / 3 ? [k] : []
  })
  return { at: alike, leads }
}

function spikeBefore(leads: readonly Float32Array[], peak: number, reach: number, rateHz: number): number | null {
  const from = Math.round(peak - SEARCH_S.from * rateHz)
  const to = Math.round(peak - SEARCH_S.to * rateHz)
  if (from - reach < 0) return null
  const bends = new Float64Array(to - from)
  for (let i = 0; i < bends.length; i += 1) bends[i] = power(leads, from + i, reach)
  let top = 0
  for (let i = 1; i < bends.length; i += 1) if (bends[i]! > bends[top]!) top = i
  const height = bends[top]!
  // The first sample of the search may be the flank of something else.
  if (top === 0 || !(height >= SMALLEST_MV) || height < CONTRAST * median(bends)) return null
  // Before and behind a spike there is rest; the sharp corners of a QRS complex have others beside them.
  for (let i = from + top - RING.to * reach; i <= from + top + RING.to * reach; i += 1) {
    if (Math.abs(i - from - top) < RING.from * reach || i - reach < 0) continue
    if (power(leads, i, reach) > LARGEST_BESIDE * height) return null
  }
  return from + top
}

function power(leads: readonly Float32Array[], i: number, reach: number): number {
  let sum = 0
  for (let k = 0; k < leads.length; k += 1) sum += bend(leads[k]!, i, reach) ** 2
  return Math.sqrt(sum)
}

/** How far a sample lies off the line between its neighbours at both sides. */
const bend = (lead: Float32Array, i: number, reach: number): number =>
  lead[i]! - (lead[i - reach]! + lead[i + reach]!) / 2

const around = (i: number): number[] => [i - 1, i, i + 1]

/** The leads with a straight line in place of each spike; a lead that shows none stays as it is. */
export function withoutSpikes(
  leadsMv: readonly Float32Array[],
  { at, leads }: PacingSpikes,
  rateHz: number,
): Float32Array[] {
  const reach = Math.max(1, Math.round(REACH_S * rateHz))
  return leadsMv.map((lead, k) => {
    if (!leads.includes(k)) return lead
    const clean = Float32Array.from(lead)
    for (const spike of at) {
      const [from, to] = [Math.max(0, spike - reach), Math.min(lead.length - 1, spike + reach)]
      for (let i = from; i <= to; i += 1)
        clean[i] = lead[from]! + ((lead[to]! - lead[from]!) * (i - from)) / (to - from)
    }
    return clean
  })
}
