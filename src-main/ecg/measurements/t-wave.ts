import { firstComponent } from './spatial.ts'
import { waveEnd } from './wave-ends.ts'

/** The ST segment: the search for the T wave begins behind it. */
const ST_S = 0.06
/** A T wave ends before the next P wave, and no QT interval is longer. */
const LONGEST_QT_S = 0.64
/** A T wave lower than this many times the noise of the median beat, or this, can't be delineated; mV. */
const NOISE_FACTOR = 5
const SMALLEST_MV = 0.03
/** Electrocardiographs end the wave later than the tangent; so much further than from its steepest slope to the tangent's foot. */
const BEYOND_TANGENT = 0.3

export interface TWave {
  peak: number
  /** Null where its end runs into the next beat. */
  offset: number | null
}

/**
 * Peak and end of the T wave in the combination of leads that shows it best; the end by the tangent.
 *
 * @param leads      independent leads, zero at the QRS onset
 * @param qrs        ends of the QRS complex, samples
 * @param nextQrs    sample at which the next beat's QRS complex begins, by the rhythm
 * @returns          null where no T wave stands out of the noise
 */
export function findTWave(
  leads: readonly Float64Array[],
  qrs: { from: number; to: number },
  nextQrs: number,
  noiseMv: number,
  rateHz: number,
): TWave | null {
  const from = Math.ceil(qrs.to + ST_S * rateHz)
  const to = Math.floor(
    Math.min(leads[0]!.length - 0.03 * rateHz, qrs.from + LONGEST_QT_S * rateHz, nextQrs - 0.04 * rateHz),
  )
  if (to - from < 0.08 * rateHz) return null
  const { wave } = firstComponent(leads, from, to)
  let peak = from
  for (let i = from; i < to; i += 1) if (wave[i]! > wave[peak]!) peak = i
  // The highest sample at the very edge is the shoulder of the ST segment or of the next P wave.
  if (peak === from || wave[peak]! < Math.max(SMALLEST_MV, NOISE_FACTOR * noiseMv)) return null
  const end = waveEnd(wave, peak, to, 0, rateHz, 0.016)
  const offset = end && end.at + BEYOND_TANGENT * (end.at - end.steepest)
  return { peak, offset: offset !== null && offset < to ? offset : null }
}
