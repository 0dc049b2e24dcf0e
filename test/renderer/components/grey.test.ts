import { describe, expect, it } from 'vitest'
import { greyTable } from '../../../src-renderer/components/cine/contrast.ts'
import { brightPoint, toGrey } from '../../../src-renderer/components/real-cine/grey.ts'

describe('contrast', () => {
  it('at its full width changes nothing', () => {
    expect(
      [...greyTable({ level: 128, width: 256, inverted: false })].every((grey, index) => Math.abs(grey - index) <= 1),
    ).toBe(true)
  })

  it('keeps the burned-in mark readable at every setting: ink of 255 on a plate of 63 at most', () => {
    for (let level = 64; level <= 192; level += 4) {
      for (let width = 64; width <= 256; width += 4) {
        const table = greyTable({ level, width, inverted: false })
        expect(table[255]! - table[63]!).toBeGreaterThan(80)
        const inverted = greyTable({ level, width, inverted: true })
        expect(inverted[63]! - inverted[255]!).toBeGreaterThan(80)
      }
    }
  })
})

it('shows a plane bright although a few vessels outshine it', () => {
  const pixels = Uint16Array.from({ length: 10_000 }, (_, index) => (index < 20 ? 65535 : 20_000))
  const white = brightPoint(pixels)
  const target = new Uint32Array(pixels.length)
  toGrey(pixels, white, target)
  expect(target[5000]! & 0xff).toBeGreaterThan(240)
  expect(target[0]! & 0xff).toBe(255)
})
