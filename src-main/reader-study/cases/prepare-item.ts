import { AppError } from '../../../src-preload/contract/errors.ts'
import { spreadSteps } from './spread-steps.ts'

/** Every case of every arm has this shape, whatever it came from. */
export const ECG_RATE_HZ = 500
export const ECG_SAMPLES = 5000
export const ECG_LEADS = 12
export const CINE_FRAMES = 50
export const CINE_WIDTH = 96
/** Below the image stands the banner. */
export const CINE_IMAGE_ROWS = 96
export const CINE_HEIGHT = 108
const CINE_BYTES = CINE_FRAMES * CINE_WIDTH * CINE_HEIGHT
const ECG_BYTES = 2 * ECG_LEADS * ECG_SAMPLES

/** The banner that stands below every cine of every arm: 96 × 12 pixels. */
export type Banner = Uint8Array

/** Share of all pixels that is black, and share that is white, in every cine of every arm. */
const CLIPPED_SHARE = 0.01
/** Grey levels that every cine is as noisy as if it had been stored in: more than a scanner's steps are wide. */
const COMMON_STEP_LEVELS = 3
const BLACK = 0
const WHITE = 255

/**
 * A cine, real or generated, in the one form of the study: 8-bit grey without a trace of the depth that it was stored
 * with, 50 frames of 96 × 108 with the banner below. Black is the darkest hundredth of its own pixels and white the
 * brightest, and nothing else: a flat background and a noisy one leave the same share at either end.
 *
 * @param cine [50, 96, 96] in any unit
 */
export function neutralCine(cine: Float32Array, banner: Banner): Uint8Array {
  const image = CINE_WIDTH * CINE_IMAGE_ROWS
  if (cine.length !== CINE_FRAMES * image || !cine.every(Number.isFinite))
    throw new AppError('study/cine-unfit', 'A cine of this study is not 50 frames of 96 × 96 finite pixels.')
  const stored = windowOf(cine)
  const level = (stored.high - stored.low) / WHITE
  const spread = spreadSteps(cine, image, COMMON_STEP_LEVELS * level)
  const { low, high } = windowOf(spread)
  const grey = (value: number): number => {
    if (value < low) return BLACK
    if (value > high) return WHITE
    // An even cine has no window; it is dark.
    const share = high > low ? (value - low) / (high - low) : 0
    return Math.min(WHITE - 1, BLACK + 1 + Math.floor((WHITE - 1 - BLACK) * share))
  }
  const out = new Uint8Array(CINE_BYTES)
  for (let frame = 0; frame < CINE_FRAMES; frame++) {
    const from = frame * image
    const to = frame * CINE_WIDTH * CINE_HEIGHT
    for (let pixel = 0; pixel < image; pixel++) out[to + pixel] = grey(spread[from + pixel]!)
    out.set(banner, to + image)
  }
  return out
}

/** Between them lies all but the clipped share at either end. */
function windowOf(cine: Float32Array): { low: number; high: number } {
  const sorted = Float32Array.from(cine).sort()
  return {
    low: sorted[Math.floor(CLIPPED_SHARE * (sorted.length - 1))]!,
    high: sorted[Math.ceil((1 - CLIPPED_SHARE) * (sorted.length - 1))]!,
  }
}

/**
 * Ten seconds of twelve leads at 500 Hz as whole microvolts.
 *
 * @param leads  in canonical order, in mV at 500 Hz, each at least nine seconds; the end is held where it is short
 */
export function neutralEcg(leads: readonly Float32Array[]): Int16Array {
  if (leads.length !== ECG_LEADS) throw new AppError('study/ecg-unfit', `An ECG has ${leads.length} leads, not 12.`)
  const out = new Int16Array(ECG_LEADS * ECG_SAMPLES)
  for (const [lead, samples] of leads.entries()) {
    for (let i = 0; i < ECG_SAMPLES; i++) {
      const microvolts = Math.round(1000 * samples[Math.min(i, samples.length - 1)]!)
      out[lead * ECG_SAMPLES + i] = Math.max(-32_768, Math.min(32_767, microvolts))
    }
  }
  return out
}

/** An item as it lies in the store: the ECG, then the cines; nothing else, so that its length tells the number only. */
export function packItem(ecg: Int16Array, cines: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(ECG_BYTES + cines.length * CINE_BYTES)
  out.set(new Uint8Array(ecg.buffer, ecg.byteOffset, ecg.byteLength))
  for (const [index, cine] of cines.entries()) out.set(cine, ECG_BYTES + index * CINE_BYTES)
  return out
}

export function unpackItem(bytes: Uint8Array): { ecg: Int16Array; cines: Uint8Array[] } {
  const copy = bytes.slice()
  const cines = (copy.length - ECG_BYTES) / CINE_BYTES
  if (!Number.isInteger(cines) || cines < 0)
    throw new AppError('study/item-damaged', 'A prepared case has not the length that it must have.')
  return {
    ecg: new Int16Array(copy.buffer, 0, ECG_LEADS * ECG_SAMPLES),
    cines: Array.from({ length: cines }, (_, i) =>
      copy.slice(ECG_BYTES + i * CINE_BYTES, ECG_BYTES + (i + 1) * CINE_BYTES),
    ),
  }
}

export interface CaseContent {
  ecg: Int16Array
  real: Uint8Array | null
  generated: Uint8Array | null
}

/**
 * What an arm shows of a case.
 *
 * @throws AppError `study/cine-missing`
 */
export function itemOf(caseId: number, arm: string, { ecg, real, generated }: CaseContent): Uint8Array {
  const need = (cine: Uint8Array | null, kind: string): Uint8Array => {
    if (cine) return cine
    throw new AppError('study/cine-missing', `Case ${caseId} has no ${kind} cine, which the arm ${arm} shows.`)
  }
  switch (arm) {
    case 'ecg':
      return packItem(ecg, [])
    case 'ecg-real':
      return packItem(ecg, [need(real, 'real')])
    case 'ecg-generated':
      return packItem(ecg, [need(generated, 'generated')])
    case 'ecg-both':
      return packItem(ecg, [need(real, 'real'), need(generated, 'generated')])
    case 'generated':
      // The same length as with an ECG: a blank one.
      return packItem(new Int16Array(ECG_LEADS * ECG_SAMPLES), [need(generated, 'generated')])
    default:
      throw new AppError('study/unknown-arm', `There is no arm "${arm}".`)
  }
}
