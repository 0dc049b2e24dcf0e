import { describe, expect, it } from 'vitest'
import { viridis, VIRIDIS_PIXELS } from '@/components/cine/colour-map.ts'
import { enlargeMap, overlaid, paintGrey, paintLevels, paintOverlay } from '@/components/cine/paint-frame.ts'
import { greyTable, FULL_CONTRAST } from '@/components/cine/contrast.ts'
import { markCine } from '../../../src-main/screening/cine/mark.ts'

/** WCAG 2.2 relative luminance of a pixel of an ImageData. */
function luminance(pixel: number): number {
  const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
const contrast = (a: number, b: number): number => {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** White ink on a plate of a quarter of the tissue: the brightest plate there is. */
const [INK, PLATE] = [255, 63]

describe('the colours of maps', () => {
  it('rise evenly in lightness, so that colour-blind eyes read them', () => {
    const lightness = Array.from(VIRIDIS_PIXELS, luminance)
    // But for the rounding of channels to whole numbers.
    for (let level = 1; level < 256; level++) expect(lightness[level]).toBeGreaterThan(lightness[level - 1]! - 0.002)
    expect(lightness[255]! - lightness[0]!).toBeGreaterThan(0.7)
  })

  it('are those of viridis', () => {
    expect([viridis(0), viridis(1)]).toEqual([
      [68, 1, 84],
      [253, 231, 37],
    ])
    // Matplotlib: matplotlib.colormaps['viridis'](0.5), times 255
    for (const [channel, expected] of [32, 144, 140].entries()) {
      expect(Math.abs(viridis(0.5)[channel]! - expected)).toBeLessThanOrEqual(3)
    }
  })
})

describe('the burned-in mark', () => {
  it('keeps a contrast of 4.5 to 1 under every colour of a map laid over it', () => {
    for (let level = 0; level < 256; level++) {
      expect(contrast(overlaid(INK, level), overlaid(PLATE, level))).toBeGreaterThan(4.5)
    }
  })

  it('keeps a contrast of 4.5 to 1 as levels of a map', () => {
    expect(contrast(VIRIDIS_PIXELS[INK]!, VIRIDIS_PIXELS[PLATE]!)).toBeGreaterThan(4.5)
  })

  it('is in the pixels of every way in which a pane paints', () => {
    const { pixels, width, height } = markCine(new Float32Array(50 * 96 * 96).fill(0.5))
    const frame = pixels.subarray(0, width * height)
    const target = new Uint32Array(frame.length)
    const overlay = new Uint8Array(frame.length).fill(200)
    const ways: (() => void)[] = [
      () => paintGrey(target, frame, greyTable(FULL_CONTRAST)),
      () => paintLevels(target, frame, VIRIDIS_PIXELS),
      () => paintOverlay(target, frame, overlay),
    ]
    for (const paint of ways) {
      paint()
      let ink = 0
      for (let index = 0; index < frame.length; index++) {
        if (frame[index] !== 255) continue
        ink += 1
        // Within the plate: ink beside what is not ink.
        expect(target[index]).not.toBe(target[frame.indexOf(31)])
      }
      expect(ink).toBeGreaterThan(1000)
    }
  })
})

describe('a small map over an image', () => {
  const values = Float32Array.from({ length: 144 }, (_, index) => (index % 12) / 11)

  it('keeps its values in the middle of each place and goes evenly between', () => {
    const levels = enlargeMap(values, 12, 480, 0, 1)
    const row = levels.subarray(240 * 480, 241 * 480)
    for (let place = 0; place < 12; place++) expect(row[place * 40 + 20]! / 255).toBeCloseTo(place / 11, 1)
    for (let x = 1; x < 480; x++) expect(row[x]!).toBeGreaterThanOrEqual(row[x - 1]!)
  })

  it('clamps what lies outside its scale, and is nothing where the scale is', () => {
    const levels = enlargeMap(values, 12, 48, 0.5, 0.6)
    expect([levels[0], levels[47]]).toEqual([0, 255])
    expect(new Set(enlargeMap(new Float32Array(144).fill(0.3), 12, 48, 0.3, 0.3))).toEqual(new Set([0]))
  })
})
