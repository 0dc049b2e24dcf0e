import type { LeadName, MeasuredEcg } from '../../contract.ts'

/** A stretch of a lead on the time axis of a cine: 0 and 1 are R peaks. */
export interface BeatStretch {
  x: Float32Array
  mv: Float32Array
}

/**
 * The median beat as it lies along a cine, which begins at the R peak: what follows the peak from the left, what
 * precedes it before the right end. Between them the beat says nothing, and nothing is drawn.
 *
 * @param cycleMs length of the cine
 * @returns       empty where there is no median beat, or not of this lead
 */
export function beatAlongCycle(beat: MeasuredEcg['medianBeat'], lead: LeadName, cycleMs: number): BeatStretch[] {
  const samples = beat?.leads.find(({ name }) => name === lead)?.samplesMv
  if (!beat || !samples) return []
  const place = (index: number): number => ((index - beat.rIndex) * 1000) / (beat.rateHz * cycleMs)
  const before = stretch(samples, 0, beat.rIndex, (index) => 1 + place(index))
  const until = before.x[0] ?? 1
  let end = beat.rIndex
  while (end < samples.length && place(end) < until) end++
  return [stretch(samples, beat.rIndex, end, place), before].filter(({ x }) => x.length > 1)
}

/** Samples from `first` to before `end` that lie within the cycle. */
function stretch(samples: Float32Array, first: number, end: number, place: (index: number) => number): BeatStretch {
  let from = first
  while (from < end && place(from) < 0) from++
  return {
    x: Float32Array.from({ length: end - from }, (_, index) => place(from + index)),
    mv: samples.slice(from, end),
  }
}

/** An SVG path of a stretch in a box of the given size; `low` and `high` are the voltages of its lower and upper edge. */
export function tracePath(
  { x, mv }: BeatStretch,
  { width, height, low, high }: { width: number; height: number; low: number; high: number },
): string {
  const points = Array.from(x, (share, index) => {
    const down = height * (1 - (mv[index]! - low) / (high - low || 1))
    return `${(share * width).toFixed(1)} ${down.toFixed(1)}`
  })
  return `M${points.join('L')}`
}
