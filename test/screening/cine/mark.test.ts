import { describe, expect, it } from 'vitest'
import { GENERATED_MARK } from '../../../src-preload/contract/screening.ts'
import { philoxNormals } from '../../../src-main/inference/noise/normals.ts'
import { drawText } from '../../../src-main/screening/cine/font.ts'
import { markCine, markFrame, markThumbnail } from '../../../src-main/screening/cine/mark.ts'

const SIZE = 480
const grey = (value: number): Float32Array => new Float32Array(50 * 96 * 96).fill(value)
const frameOf = (pixels: Uint8Array, frame: number): Uint8Array =>
  pixels.subarray(frame * SIZE * SIZE, (frame + 1) * SIZE * SIZE)
/** Restless tissue: the hardest background for reading. */
const noisy = philoxNormals(1, 1, 50 * 96 * 96).map((value) => Math.min(1, Math.max(0, 0.5 + 0.2 * value)))

interface Region {
  left: number
  top: number
  width: number
  height: number
}

/** Where a line of the mark stands in a frame, read back pixel by pixel: ink is white, what lies between is darker. */
function findLine(
  frame: Uint8Array,
  line: string,
  { left, top, width, height }: Region,
  { scale = 2, side = SIZE } = {},
): boolean {
  const text = drawText(line, scale)
  for (let y = top; y + text.height <= top + height; y++) {
    for (let x = left; x + text.width <= left + width; x++) if (matches(frame, text, x, y, side)) return true
  }
  return false
}

function matches(
  frame: Uint8Array,
  { width, height, ink }: ReturnType<typeof drawText>,
  left: number,
  top: number,
  side: number,
): boolean {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = frame[(top + y) * side + left + x]!
      if (ink[y * width + x] === 1 ? value < 250 : value > 70) return false
    }
  }
  return true
}

const half = SIZE / 2
const halves: [string, Region][] = [
  ['right', { left: half, top: 0, width: half, height: SIZE }],
  ['left', { left: 0, top: 0, width: half, height: SIZE }],
  ['lower', { left: 0, top: half, width: SIZE, height: half }],
  ['upper', { left: 0, top: 0, width: SIZE, height: half }],
]

describe('the burned-in mark', () => {
  const lines = ['AI-generated from ECG', '– not an acquired image']

  it('is the whole sentence of the contract', () => expect(lines.join(' ')).toBe(GENERATED_MARK))

  it.each(halves)('is whole in the %s half alone, over any tissue', (_, region) => {
    for (const cine of [noisy, grey(1), grey(0)]) {
      const frame = frameOf(markCine(cine).pixels, 23)
      for (const line of lines) expect(findLine(frame, line, region)).toBe(true)
    }
  })

  it('is in every frame', () => {
    const { pixels } = markCine(noisy)
    const whole = { left: 0, top: 0, width: SIZE, height: half }
    for (let frame = 0; frame < 50; frame++) expect(findLine(frameOf(pixels, frame), lines[0]!, whole)).toBe(true)
  })

  it('leaves no quarter of the image without a trace', () => {
    const { pixels } = markCine(grey(0.4))
    const frame = frameOf(pixels, 0)
    for (let top = 0; top < SIZE; top += 120) {
      for (let left = 0; left < SIZE; left += 120) {
        let touched = 0
        for (let y = top; y < top + 120; y++) {
          for (let x = left; x < left + 120; x++) if (frame[y * SIZE + x] !== 102) touched += 1
        }
        expect(touched).toBeGreaterThan(200)
      }
    }
  })

  it('hides little: nine tenths of the pixels stay within ten grey levels of the image', () => {
    const frame = frameOf(markCine(grey(0.4)).pixels, 0)
    const kept = frame.filter((value) => Math.abs(value - 102) <= 10).length
    expect(kept / frame.length).toBeGreaterThan(0.9)
  })
})

describe('single frames', () => {
  it('are the frames of the marked cine', () => {
    const { pixels, width, height } = markFrame(noisy, 18)
    expect([width, height]).toEqual([SIZE, SIZE])
    expect(Buffer.compare(pixels, frameOf(markCine(noisy).pixels, 18))).toBe(0)
  })

  it.each([
    ['noise', noisy],
    ['white', grey(1)],
    ['black', grey(0)],
  ])('are readable as thumbnails too, at the top and at the bottom, over %s', (_, cine) => {
    const { pixels, width: side } = markThumbnail(cine, 7)
    const lines = ['AI-generated from ECG', '– not an acquired image']
    for (const top of [0, side / 2]) {
      for (const line of lines) {
        expect(findLine(pixels, line, { left: 0, top, width: side, height: side / 2 }, { scale: 1, side })).toBe(true)
      }
    }
  })

  it('refuse a frame that is not there', () => expect(() => markFrame(noisy, 50)).toThrow('no frame 50'))
})

describe('the enlarged image', () => {
  it('keeps black, white and a ramp where the mark is not', () => {
    const ramp = new Float32Array(50 * 96 * 96).map((_, index) => (index % 96) / 95)
    const frame = frameOf(markCine(ramp).pixels, 0)
    // A row between the tiled lines. Pixel centres of the large image: (x + 0.5) / 5 − 0.5 in the small one.
    const y = 330
    let checked = 0
    for (let x = 10; x < 470; x++) {
      const expected = Math.round((255 * ((x + 0.5) / 5 - 0.5)) / 95)
      const difference = Math.abs(frame[y * SIZE + x]! - expected)
      if (difference <= 1) checked += 1
      else expect(Math.abs(difference - 10)).toBeLessThanOrEqual(1)
    }
    expect(checked).toBeGreaterThan(300)
  })

  it('refuses a cine of another size', () => expect(() => markCine(new Float32Array(5))).toThrow('50 × 96 × 96'))
})

describe('the font', () => {
  it('has every character of the mark', () => expect(() => drawText(GENERATED_MARK, 1)).not.toThrow())
  it('refuses a character it cannot draw', () => expect(() => drawText('ß', 1)).toThrow('no glyph for "ß"'))

  it('draws every glyph differently', () => {
    const glyphs = [...new Set(GENERATED_MARK)].map((character) => {
      const { ink, width } = drawText(character, 1)
      return `${width}:${ink.join('')}`
    })
    expect(new Set(glyphs).size).toBe(glyphs.length)
  })

  it('doubled is each pixel four times', () => {
    const one = drawText('ECG', 1)
    const two = drawText('ECG', 2)
    expect([two.width, two.height]).toEqual([2 * one.width, 2 * one.height])
    expect(two.ink.reduce((a, b) => a + b)).toBe(4 * one.ink.reduce((a, b) => a + b))
  })
})
