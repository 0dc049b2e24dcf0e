import { medianInPlace } from '../../preprocessing/median.ts'

/** Enough for the shape of a beat, and a fraction of the work. */
const SHAPE_RATE_HZ = 250
/** Times from the R peak, s: the stretch that is looked at, the QRS complex with its T wave, and where a P wave stands. */
const BEAT_S = { from: -0.32, to: 0.4 }
const QRST_END_S = 0.38
const P_FROM_S = -0.28
/** The QRS complex begins where the leads together first change by this share of their quickest change, within this time. */
const ONSET_SHARE = 0.12
const LONGEST_BEFORE_R_S = 0.15
const ONSET_MARGIN_S = 0.012
/** The level is taken just before it. */
const LEVEL_S = 0.024
/** A P wave is averaged over so much around its largest deflection. */
const P_WIDTH_S = 0.028
const FEWEST_BEATS = 3

/** What of a beat tells where the electrodes were: independent of offset, length and sampling rate. */
export interface BeatShape {
  /** Products of each pair of the leads I, II, V1–V6 summed over QRS and T, row by row: 64 values, mV². */
  products: Float64Array
  /** The P wave's largest deflection in each lead, mV. */
  p: Float64Array
}

/**
 * The shape of the typical beat from the median over beats at 250 Hz.
 *
 * @param leadsMv  I, II, V1–V6, mV, finite
 * @param peaks    R peaks, samples
 * @returns        null for fewer than three complete beats
 */
export function beatShape(
  leadsMv: readonly Float32Array[],
  peaks: readonly number[],
  rateHz: number,
): BeatShape | null {
  const factor = Math.max(1, Math.floor(rateHz / SHAPE_RATE_HZ))
  const rate = rateHz / factor
  const at = (seconds: number): number => Math.round((seconds - BEAT_S.from) * rate)
  const length = at(BEAT_S.to) + 1
  const starts = peaks
    .map((peak) => Math.round(peak + BEAT_S.from * rateHz))
    .filter((start) => start >= 0 && start + length * factor <= leadsMv[0]!.length)
  if (starts.length < FEWEST_BEATS) return null
  const beat = leadsMv.map((lead) => typicalBeat(lead, starts, length, factor))
  const onset = qrsOnset(beat, at(0), Math.round(LONGEST_BEFORE_R_S * rate)) - Math.round(ONSET_MARGIN_S * rate)
  for (const lead of beat) subtract(lead, mean(lead, onset - Math.round(LEVEL_S * rate), onset))
  const [from, to] = [onset, at(QRST_END_S)]
  const products = new Float64Array(beat.length ** 2)
  for (const [a, one] of beat.entries()) {
    for (let b = a; b < beat.length; b += 1) {
      const product = dot(one, beat[b]!, from, to)
      products[a * beat.length + b] = product
      products[b * beat.length + a] = product
    }
  }
  return { products, p: pWave(beat, at(P_FROM_S), onset, Math.round((P_WIDTH_S * rate) / 2)) }
}

/** The first sample before the R peak at which the leads together change quickly. */
function qrsOnset(beat: readonly Float64Array[], r: number, reach: number): number {
  const change = (i: number): number => {
    let sum = 0
    for (let k = 0; k < beat.length; k += 1) sum += (beat[k]![i + 1]! - beat[k]![i - 1]!) ** 2
    return sum
  }
  let greatest = 0
  for (let i = r - 10; i <= r + 10; i += 1) greatest = Math.max(greatest, change(i))
  for (let i = r - reach; i < r; i += 1) if (change(i) > ONSET_SHARE ** 2 * greatest) return i
  return r
}

/** Median over beats of each sample, a sample being the mean of `factor` of the recording. */
function typicalBeat(lead: Float32Array, starts: readonly number[], length: number, factor: number): Float64Array {
  const count = starts.length
  // The values of one moment in all beats stand side by side.
  const beats = new Float64Array(length * count)
  for (let k = 0; k < count; k += 1) {
    let total = 0
    for (let i = 0, from = starts[k]!; i < length; i += 1) {
      let sum = 0
      for (const to = from + factor; from < to; from += 1) sum += lead[from]!
      const value = sum / factor
      beats[i * count + k] = value
      total += value
    }
    const level = total / length
    for (let at = k; at < beats.length; at += count) beats[at]! -= level
  }
  const typical = new Float64Array(length)
  const values = new Float64Array(count)
  for (let i = 0; i < length; i += 1) {
    for (let k = 0; k < count; k += 1) values[k] = beats[i * count + k]!
    typical[i] = medianInPlace(values)
  }
  return typical
}

/** Where all leads together lie farthest off the line through both ends of the stretch, and by how much each does. */
function pWave(beat: readonly Float64Array[], from: number, to: number, reach: number): Float64Array {
  const ends = beat.map((lead) => [mean(lead, from - reach, from + reach), mean(lead, to - reach, to + reach)] as const)
  const off = (k: number, i: number): number =>
    mean(beat[k]!, i - reach, i + reach + 1) - ends[k]![0] - ((ends[k]![1] - ends[k]![0]) * (i - from)) / (to - from)
  let [best, farthest] = [from, -1]
  for (let i = from + reach; i <= to - reach; i += 1) {
    let power = 0
    for (let k = 0; k < beat.length; k += 1) power += off(k, i) ** 2
    if (power > farthest) [best, farthest] = [i, power]
  }
  return Float64Array.from(beat, (_, k) => off(k, best))
}

function subtract(values: Float64Array, level: number): void {
  for (let i = 0; i < values.length; i += 1) values[i]! -= level
}

function dot(one: Float64Array, other: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += one[i]! * other[i]!
  return sum
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += values[i]!
  return sum / (to - from)
}
