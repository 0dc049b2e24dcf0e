import { burnIn, markMask, type MarkMask } from './mark-mask.ts'
import { cubicTaps, upscale } from './upscale.ts'

const FRAMES = 50
const SIZE = 96
const FACTOR = 5
const LARGE = SIZE * FACTOR
const THUMBNAIL_FACTOR = 2
const THUMBNAIL = SIZE * THUMBNAIL_FACTOR

/** A cine that carries the mark in every frame. Only `markCine` makes one, and only such a one is written or sent. */
export interface MarkedFrames {
  frames: 50
  width: number
  height: number
  /** 8-bit grey, frame-major, row-major. */
  pixels: Uint8Array
}

/** One frame that carries the mark. */
export interface MarkedFrame {
  width: number
  height: number
  /** 8-bit grey, row-major. */
  pixels: Uint8Array
}

/** Made once each: the mark is the same in every frame of every cine. */
let mask: MarkMask | undefined
let thumbnailMask: MarkMask | undefined

/**
 * Enlarges a generated cine to 480 × 480 and burns the mark into every frame: whichever half is cropped away, its full
 * text stays whole once.
 *
 * @param cine [50, 96, 96] in [0, 1]
 */
export function markCine(cine: Float32Array): MarkedFrames {
  requireCine(cine)
  const pixels = new Uint8ClampedArray(FRAMES * LARGE * LARGE)
  for (let frame = 0; frame < FRAMES; frame++) {
    markInto(pixels.subarray(frame * LARGE * LARGE, (frame + 1) * LARGE * LARGE), frameOf(cine, frame))
  }
  return { frames: FRAMES, width: LARGE, height: LARGE, pixels: new Uint8Array(pixels.buffer) }
}

/**
 * One frame of a generated cine, 480 × 480 with the mark: the same pixels as that frame of `markCine`.
 *
 * @param cine  [50, 96, 96] in [0, 1]
 * @param frame 0 to 49
 */
export function markFrame(cine: Float32Array, frame: number): MarkedFrame {
  requireCine(cine)
  const pixels = new Uint8ClampedArray(LARGE * LARGE)
  markInto(pixels, frameOf(cine, frame))
  return { width: LARGE, height: LARGE, pixels: new Uint8Array(pixels.buffer) }
}

/**
 * One frame of a generated cine, 192 × 192, with the mark drawn at this size: one that was shrunk from 480 could not be
 * read any more.
 *
 * @param cine  [50, 96, 96] in [0, 1]
 * @param frame 0 to 49
 */
export function markThumbnail(cine: Float32Array, frame: number): MarkedFrame {
  requireCine(cine)
  thumbnailMask ??= markMask(THUMBNAIL, 1, THUMBNAIL)
  const pixels = new Uint8ClampedArray(THUMBNAIL * THUMBNAIL)
  upscale(frameOf(cine, frame), cubicTaps(SIZE, THUMBNAIL_FACTOR), pixels)
  burnIn(pixels, thumbnailMask)
  return { width: THUMBNAIL, height: THUMBNAIL, pixels: new Uint8Array(pixels.buffer) }
}

const TAPS = cubicTaps(SIZE, FACTOR)
const TEXT_SCALE = 2

function markInto(target: Uint8ClampedArray, frame: Float32Array): void {
  mask ??= markMask(LARGE, TEXT_SCALE, LARGE / 2)
  upscale(frame, TAPS, target)
  burnIn(target, mask)
}

function frameOf(cine: Float32Array, frame: number): Float32Array {
  if (!Number.isInteger(frame) || frame < 0 || frame >= FRAMES) throw new RangeError(`a cine has no frame ${frame}`)
  return cine.subarray(frame * SIZE * SIZE, (frame + 1) * SIZE * SIZE)
}

function requireCine(cine: Float32Array): void {
  if (cine.length !== FRAMES * SIZE * SIZE) throw new RangeError(`a cine has 50 × 96 × 96 pixels, not ${cine.length}`)
}
