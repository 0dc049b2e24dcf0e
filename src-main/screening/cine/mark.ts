import { GENERATED_MARK } from '../../../src-preload/contract/screening.ts'
import { drawText, GLYPH_HEIGHT, type TextBitmap } from './font.ts'
import { cubicTaps, upscale } from './upscale.ts'

const FRAMES = 50
const SIZE = 96
const FACTOR = 5

/** A cine that carries the mark in every frame. Only `markCine` makes one, and only such a one is written or sent. */
export interface MarkedFrames {
  frames: 50
  width: number
  height: number
  /** 8-bit grey, frame-major, row-major. */
  pixels: Uint8Array
}

const LARGE = SIZE * FACTOR
const TEXT_SCALE = 2
const MARGIN = 3
const LINE_PITCH = GLYPH_HEIGHT * TEXT_SCALE + 2
/** Grey levels by which the tiled mark differs from the image under it. */
const TILE_CONTRAST = 10

/** What the mark does to a pixel. */
const CLEAR = 0
const TILE = 1
const PLATE = 2
const INK = 3

interface MarkMask {
  /** Positions in a frame that the mark changes, and how. */
  positions: Uint32Array
  kinds: Uint8Array
}

/** Made once: the mark is the same in every frame of every cine. */
let mask: MarkMask | undefined

/**
 * Enlarges a generated cine to 480 × 480 and burns the mark into every frame.
 *
 * The full text stands twice, white on a darkened plate, in the upper left and the lower right quarter: whichever half
 * is cropped away, one of them stays whole. The same text, slanted and faint, is tiled over the rest, so that no large
 * part of the image is without it.
 *
 * @param cine [50, 96, 96] in [0, 1]
 */
export function markCine(cine: Float32Array): MarkedFrames {
  if (cine.length !== FRAMES * SIZE * SIZE) throw new RangeError(`a cine has 50 × 96 × 96 pixels, not ${cine.length}`)
  mask ??= markMask()
  const taps = cubicTaps(SIZE, FACTOR)
  const pixels = new Uint8ClampedArray(FRAMES * LARGE * LARGE)
  for (let frame = 0; frame < FRAMES; frame++) {
    const target = pixels.subarray(frame * LARGE * LARGE, (frame + 1) * LARGE * LARGE)
    upscale(cine.subarray(frame * SIZE * SIZE, (frame + 1) * SIZE * SIZE), taps, target)
    burnIn(target, mask)
  }
  return { frames: FRAMES, width: LARGE, height: LARGE, pixels: new Uint8Array(pixels.buffer) }
}

function burnIn(frame: Uint8ClampedArray, { positions, kinds }: MarkMask): void {
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index]!
    frame[position] = markedGrey(frame[position]!, kinds[index]!)
  }
}

function markedGrey(grey: number, kind: number): number {
  switch (kind) {
    case INK:
      return 255
    case PLATE:
      return grey >> 2
    case TILE:
      return grey < 128 ? grey + TILE_CONTRAST : grey - TILE_CONTRAST
    default:
      return grey
  }
}

function markMask(): MarkMask {
  const target = new Uint8Array(LARGE * LARGE).fill(CLEAR)
  const lines = markLines()
  tile(target, lines)
  const width = Math.max(...lines.map((line) => line.width)) + 2 * MARGIN
  const height = LINE_PITCH * lines.length + 2 * MARGIN
  for (const [left, top] of [
    [0, 0],
    [LARGE - width, LARGE - height],
  ] as const) {
    plate(target, left, top, width, height)
    for (const [index, line] of lines.entries()) {
      stamp(target, line, left + MARGIN, top + MARGIN + index * LINE_PITCH, () => 0, INK)
    }
  }
  const positions = Uint32Array.from(target.keys()).filter((position) => target[position] !== CLEAR)
  return { positions, kinds: Uint8Array.from(positions, (position) => target[position]!) }
}

/** The mark in two lines, broken at the word that keeps both within half the frame. */
function markLines(): TextBitmap[] {
  const words = GENERATED_MARK.split(' ')
  const splits = words.map((_, at) => [words.slice(0, at).join(' '), words.slice(at).join(' ')]).slice(1)
  const drawn = splits.map((texts) => texts.map((text) => drawText(text, TEXT_SCALE)))
  const widest = (lines: TextBitmap[]): number => Math.max(...lines.map(({ width }) => width))
  const best = drawn.reduce((a, b) => (widest(b) < widest(a) ? b : a))
  if (widest(best) + 2 * MARGIN > LARGE / 2) throw new RangeError('the mark does not fit into half of the frame')
  return best
}

/** Slanted copies in a brick pattern, so that every half of the frame holds several. */
function tile(target: Uint8Array, lines: readonly TextBitmap[]): void {
  const columnPitch = LARGE / 2
  const rowPitch = LARGE / 5
  for (let row = 0; row < 6; row++) {
    for (let column = -1; column < 3; column++) {
      const left = column * columnPitch + (row % 2) * (columnPitch / 2)
      for (const [index, line] of lines.entries()) {
        stamp(target, line, left, row * rowPitch + index * LINE_PITCH, (x) => -Math.floor(x / 6), TILE)
      }
    }
  }
}

function plate(target: Uint8Array, left: number, top: number, width: number, height: number): void {
  for (let y = top; y < top + height; y++) target.fill(PLATE, y * LARGE + left, y * LARGE + left + width)
}

function stamp(
  target: Uint8Array,
  { width, height, ink }: TextBitmap,
  left: number,
  top: number,
  shift: (x: number) => number,
  kind: number,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const targetX = left + x
      const targetY = top + y + shift(x)
      const inside = targetX >= 0 && targetX < LARGE && targetY >= 0 && targetY < LARGE
      if (inside && ink[y * width + x]) target[targetY * LARGE + targetX] = kind
    }
  }
}
