import { PROBES, type ProbeName } from '../../../src-preload/contract/picture-probes.ts'
import { CINE_FRAMES, CINE_HEIGHT, CINE_IMAGE_ROWS, CINE_WIDTH } from './prepare-item.ts'

const FRAME = CINE_WIDTH * CINE_HEIGHT
const IMAGE = CINE_WIDTH * CINE_IMAGE_ROWS
const LEVELS = 256
/** Greys up to here look black; every cine has the same share of black itself. */
const DARK = 8
/** Frames whose spectrum is looked at: a spread over the beat. */
const SPECTRUM_FRAMES = [0, 17, 34]
/** From half of the highest frequency on. */
const FINE_FROM = CINE_WIDTH / 4

/**
 * What a cine in the study's form tells besides its heart: one number a probe, in the order of `PROBES`.
 *
 * @param cine  50 frames of 96 × 108 with the banner below
 */
export function probeCine(cine: Uint8Array): number[] {
  const values: Record<ProbeName, number> = {
    ...bannerOf(cine),
    ...borderOf(cine),
    ...histogramOf(cine),
    ...spectrumOf(cine),
    ...motionOf(cine),
  }
  return PROBES.map(({ probe }) => values[probe])
}

/** The strip below each image, weighted by place: equal in all cines, or something is wrong. */
function bannerOf(cine: Uint8Array) {
  let banner = 0
  for (let frame = 0; frame < CINE_FRAMES; frame++)
    for (let at = IMAGE; at < FRAME; at++) banner += (1 + (at % 251)) * cine[frame * FRAME + at]!
  return { banner }
}

/** Places of a frame whose row and column, counted from the nearest edge, fulfil a rule. */
function placesWhere(rule: (x: number, y: number) => boolean): Int32Array {
  const fromEdge = (at: number, length: number): number => Math.min(at, length - 1 - at)
  return Int32Array.from({ length: IMAGE }, (_, at) => at).filter((at) =>
    rule(fromEdge(at % CINE_WIDTH, CINE_WIDTH), fromEdge(Math.floor(at / CINE_WIDTH), CINE_IMAGE_ROWS)),
  )
}
const BORDER = placesWhere((x, y) => Math.min(x, y) < 2)
const CORNERS = placesWhere((x, y) => Math.max(x, y) < 8)

function borderOf(cine: Uint8Array) {
  const border = greyAt(cine, BORDER)
  return { 'border-mean': border.mean, 'border-black': border.black, 'corner-mean': greyAt(cine, CORNERS).mean }
}

/** Mean grey and share of black at the same places of all frames. */
function greyAt(cine: Uint8Array, places: Int32Array): { mean: number; black: number } {
  let sum = 0
  let black = 0
  for (let frame = 0; frame < CINE_FRAMES; frame++) {
    for (const at of places) {
      const value = cine[frame * FRAME + at]!
      sum += value
      if (value === 0) black += 1
    }
  }
  const count = CINE_FRAMES * places.length
  return { mean: sum / count, black: black / count }
}

function histogramOf(cine: Uint8Array) {
  const counts = new Float64Array(LEVELS)
  for (let frame = 0; frame < CINE_FRAMES; frame++)
    for (let at = 0; at < IMAGE; at++) counts[cine[frame * FRAME + at]!]! += 1
  const all = CINE_FRAMES * IMAGE
  let mean = 0
  for (const [level, count] of counts.entries()) mean += (level * count) / all
  let variance = 0
  for (const [level, count] of counts.entries()) variance += ((level - mean) ** 2 * count) / all
  let median = 0
  for (let below = counts[0]!; below < all / 2;) below += counts[++median]!
  return {
    mean,
    deviation: Math.sqrt(variance),
    median,
    black: counts[0]! / all,
    dark: counts.slice(0, DARK + 1).reduce((sum, count) => sum + count, 0) / all,
    white: counts[LEVELS - 1]! / all,
    'empty-levels': counts.filter((count) => count === 0).length,
  }
}

/** Share of the power along rows and along columns that lies in the finer half of the frequencies. */
function spectrumOf(cine: Uint8Array) {
  const along = (step: number, across: number): number => {
    let fine = 0
    let total = 0
    for (const frame of SPECTRUM_FRAMES) {
      for (let line = 0; line < CINE_WIDTH; line++) {
        const samples = Float64Array.from(
          { length: CINE_WIDTH },
          (_, index) => cine[frame * FRAME + line * across + index * step]!,
        )
        const [inLine, all] = powerOf(samples)
        fine += inLine
        total += all
      }
    }
    return total > 0 ? fine / total : 0
  }
  return { 'fine-rows': along(1, CINE_WIDTH), 'fine-columns': along(CINE_WIDTH, 1) }
}

const COSINES = Float64Array.from({ length: CINE_WIDTH }, (_, at) => Math.cos((2 * Math.PI * at) / CINE_WIDTH))

/** Power in the finer half of the frequencies, and in all of them but the mean (Parseval). */
function powerOf(samples: Float64Array): [number, number] {
  const mean = samples.reduce((sum, value) => sum + value, 0) / CINE_WIDTH
  const total = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) * CINE_WIDTH
  let fine = 0
  for (let k = FINE_FROM; k <= CINE_WIDTH / 2; k++) {
    let [real, imaginary] = [0, 0]
    for (let at = 0; at < CINE_WIDTH; at++) {
      real += samples[at]! * COSINES[(k * at) % CINE_WIDTH]!
      // sin(x) = cos(x − 90°), a quarter of the table.
      imaginary += samples[at]! * COSINES[(k * at + (3 * CINE_WIDTH) / 4) % CINE_WIDTH]!
    }
    fine += (real ** 2 + imaginary ** 2) * (k === CINE_WIDTH / 2 ? 1 : 2)
  }
  return [fine, total]
}

/** How much changes from frame to frame, how many frames repeat the one before, and how well the beat closes. */
function motionOf(cine: Uint8Array) {
  const change = (from: number, to: number): number => {
    let sum = 0
    for (let at = 0; at < IMAGE; at++) sum += Math.abs(cine[from * FRAME + at]! - cine[to * FRAME + at]!)
    return sum / IMAGE
  }
  const steps = Array.from({ length: CINE_FRAMES - 1 }, (_, frame) => change(frame, frame + 1))
  const step = steps.reduce((sum, value) => sum + value, 0) / steps.length
  return {
    step,
    repeated: steps.filter((value) => value === 0).length,
    closing: step > 0 ? change(CINE_FRAMES - 1, 0) / step : 0,
  }
}
