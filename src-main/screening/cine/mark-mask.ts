import { GENERATED_MARK } from '../../../src-preload/contract/screening.ts'
import { drawText, GLYPH_HEIGHT, type TextBitmap } from './font.ts'

/** Where the mark changes a square frame of 8-bit grey, and how. */
export interface MarkMask {
  positions: Uint32Array
  kinds: Uint8Array
}

/** What the mark does to a pixel. */
const CLEAR = 0
const TILE = 1
const PLATE = 2
const INK = 3

const MARGIN = 3
/** Grey levels by which the tiled mark differs from the image under it. */
const TILE_CONTRAST = 10

/**
 * The mark for frames of `side` × `side` pixels.
 *
 * The full text stands twice, white on a darkened plate, in the upper left and the lower right corner. The same text,
 * slanted and faint, is tiled over the rest, so that no large part of the image is without it.
 *
 * @param textScale    whole-number magnification of the letters
 * @param widestPlate  in pixels; half of the side keeps one plate whole whichever half is cropped away
 * @throws RangeError where the text does not fit
 */
export function markMask(side: number, textScale: number, widestPlate: number): MarkMask {
  const target = new Uint8Array(side * side).fill(CLEAR)
  const pitch = GLYPH_HEIGHT * textScale + 2
  const lines = markLines(textScale)
  const width = Math.max(...lines.map((line) => line.width)) + 2 * MARGIN
  const height = pitch * lines.length + 2 * MARGIN
  if (width > widestPlate) throw new RangeError(`the mark needs ${width} pixels where ${widestPlate} may be covered`)
  tile(target, side, lines, pitch)
  for (const [left, top] of [
    [0, 0],
    [side - width, side - height],
  ] as const) {
    for (let y = top; y < top + height; y++) target.fill(PLATE, y * side + left, y * side + left + width)
    for (const [index, line] of lines.entries()) {
      stamp(target, side, line, left + MARGIN, top + MARGIN + index * pitch, () => 0, INK)
    }
  }
  const positions = Uint32Array.from(target.keys()).filter((position) => target[position] !== CLEAR)
  return { positions, kinds: Uint8Array.from(positions, (position) => target[position]!) }
}

/** Burns the mark into one frame. */
export function burnIn(frame: Uint8ClampedArray, { positions, kinds }: MarkMask): void {
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

/** The mark in two lines, broken at the word that keeps both shortest. */
function markLines(textScale: number): TextBitmap[] {
  const words = GENERATED_MARK.split(' ')
  const splits = words.map((_, at) => [words.slice(0, at).join(' '), words.slice(at).join(' ')]).slice(1)
  const drawn = splits.map((texts) => texts.map((text) => drawText(text, textScale)))
  const widest = (lines: TextBitmap[]): number => Math.max(...lines.map(({ width }) => width))
  return drawn.reduce((a, b) => (widest(b) < widest(a) ? b : a))
}

/** Slanted copies in a brick pattern, so that every half of the frame holds several. */
function tile(target: Uint8Array, side: number, lines: readonly TextBitmap[], pitch: number): void {
  const columnPitch = side / 2
  const rowPitch = side / 5
  for (let row = 0; row < 6; row++) {
    for (let column = -1; column < 3; column++) {
      const left = column * columnPitch + (row % 2) * (columnPitch / 2)
      for (const [index, line] of lines.entries()) {
        stamp(target, side, line, left, Math.round(row * rowPitch) + index * pitch, (x) => -Math.floor(x / 6), TILE)
      }
    }
  }
}

function stamp(
  target: Uint8Array,
  side: number,
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
      const inside = targetX >= 0 && targetX < side && targetY >= 0 && targetY < side
      if (inside && ink[y * width + x]) target[targetY * side + targetX] = kind
    }
  }
}
