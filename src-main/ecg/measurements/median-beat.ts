import { median, medianInPlace } from '../preprocessing/median.ts'

/** Room before the R peak for a long PR interval, and behind it for a long QT interval. */
const BEFORE_S = 0.45
const AFTER_S = 0.65
/** Beats are compared where their QRS complexes are. */
const COMPARED_S = 0.07
/** R peaks may stand on either of two humps; the shapes are laid over each other within this. */
const SHIFT_S = 0.03
const MOST_ROUNDS = 3
/** Beats that resemble the median beat less than this (ectopics, artefacts) are left out of it. */
const LEAST_LIKENESS = 0.9
const FEWEST_BEATS = 3

export interface AlignedBeats {
  rateHz: number
  /** Sample of the R peak in each lead of the median beat. */
  rIndex: number
  /** Median over beats, baseline before the QRS complex at zero; mV. */
  leads: Float64Array[]
  /** Standard error of the median of each lead, by how much the beats differ; mV. */
  noiseMv: number[]
  /** Where in the recording each beat that was used begins, samples. */
  starts: number[]
}

/**
 * The beat that most beats look like: beats of the commonest QRS shape, laid over each other where they agree best, and
 * their median sample by sample, which leaves noise and wander behind.
 *
 * @param leadsMv  leads of one length, mV
 * @param peaks    R peaks, samples
 * @returns null where fewer than three complete beats resemble each other
 */
export function medianBeat(
  leadsMv: readonly Float32Array[],
  peaks: readonly number[],
  rateHz: number,
): AlignedBeats | null {
  const before = Math.round(BEFORE_S * rateHz)
  const length = before + Math.round(AFTER_S * rateHz) + 1
  const shift = Math.round(SHIFT_S * rateHz)
  const starts = peaks.map((peak) => peak - before).filter((start) => isComplete(leadsMv, start, length, shift))
  if (starts.length < FEWEST_BEATS) return null
  const reach = Math.round(COMPARED_S * rateHz)
  const compared = { from: before - reach, to: before + reach + 1 }
  let placed = starts.map((start) => ({ start, likeness: 1 }))
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = placed
    const alike = placed.filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    const template = medianOf(leadsMv, (alike.length >= FEWEST_BEATS ? alike : placed).map(({ start }) => start), length, compared) // prettier-ignore
    placed = starts.map((start) => bestPlace(leadsMv, start, template, compared, shift))
    if (placed.every(({ start }, k) => start === before[k]!.start)) break
  }
  const alike = placed.filter(({ likeness }) => likeness >= LEAST_LIKENESS).map(({ start }) => start)
  if (alike.length < FEWEST_BEATS) return null
  const leads = medianOf(leadsMv, alike, length, { from: 0, to: length })
  return { rateHz, rIndex: before, leads, noiseMv: disagreement(leadsMv, alike, leads), starts: alike }
}

function isComplete(leads: readonly Float32Array[], start: number, length: number, shift: number): boolean {
  if (start - shift < 0 || start + length + shift > (leads[0]?.length ?? 0)) return false
  return leads.every((lead) =>
    lead.subarray(start - shift, start + length + shift).every((value) => value - value === 0),
  )
}

/** Medians of the samples `from … to` of each lead, each beat without its own baseline; the rest stays zero. */
function medianOf(
  leads: readonly Float32Array[],
  starts: readonly number[],
  length: number,
  { from, to }: { from: number; to: number },
): Float64Array[] {
  const values = new Float64Array(starts.length)
  return leads.map((lead) => {
    const levels = starts.map((start) => median(lead.subarray(start, start + length)))
    const beat = new Float64Array(length)
    for (let i = from; i < to; i += 1) {
      for (const [k, start] of starts.entries()) values[k] = lead[start + i]! - levels[k]!
      beat[i] = medianInPlace(values)
    }
    return beat
  })
}

/** Where within ± `shift` a beat is most like the template, by the correlation over all leads. */
function bestPlace(
  leads: readonly Float32Array[],
  start: number,
  template: readonly Float64Array[],
  { from, to }: { from: number; to: number },
  shift: number,
): { start: number; likeness: number } {
  let best = { start, likeness: -1 }
  for (let by = -shift; by <= shift; by += 1) {
    let [dot, own, other] = [0, 0, 0]
    for (const [k, lead] of leads.entries()) {
      const shape = template[k]!
      const [meanOwn, meanOther] = [mean(lead, start + by + from, start + by + to), mean(shape, from, to)]
      for (let i = from; i < to; i += 1) {
        const a = lead[start + by + i]! - meanOwn
        const b = shape[i]! - meanOther
        dot += a * b
        own += a * a
        other += b * b
      }
    }
    const likeness = dot / Math.sqrt(Math.max(own * other, 1e-12))
    if (likeness > best.likeness) best = { start: start + by, likeness }
  }
  return best
}

function mean(values: Float32Array | Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += values[i]!
  return sum / (to - from)
}

/** Standard error of a median of the beats, lead by lead: typical distance of a beat from it, over √beats. */
function disagreement(
  leads: readonly Float32Array[],
  starts: readonly number[],
  beat: readonly Float64Array[],
): number[] {
  return leads.map((lead, k) => {
    const distances = starts.map((start) => {
      const differences = Float64Array.from(
        { length: beat[k]!.length >> 3 },
        (_, i) => lead[start + 8 * i]! - beat[k]![8 * i]!,
      )
      const level = median(differences)
      return median(differences.map((value) => Math.abs(value - level)))
    })
    // 1.4826 MAD is a standard deviation, 1.2533 that of a median of normal values over that of a mean.
    return (1.4826 * 1.2533 * median(distances)) / Math.sqrt(starts.length)
  })
}
