import { expect, it } from 'vitest'
import { markCine, markThumbnail } from '../../src-main/screening/cine/mark.ts'
import { toReportCine } from '../../src-main/reports/cine-pictures.ts'

const FACTS = { seed: 1, sampler: 'ddim25', cycleMs: 900 } as const

/** A disc whose radius follows the beat; still without `amplitude`. */
const beating = (amplitude: number): Float32Array =>
  Float32Array.from({ length: 50 * 96 * 96 }, (_, index) => {
    const [frame, pixel] = [Math.floor(index / 9216), index % 9216]
    const radius = Math.hypot((pixel % 96) - 48, Math.floor(pixel / 96) - 48)
    return radius < 20 + amplitude * Math.cos((2 * Math.PI * frame) / 50) ? 0.8 : 0.2
  })

it('hands out marked pixels only: each still is that frame of the marked cine', () => {
  const values = beating(6)
  const { stills, strip } = toReportCine(values, FACTS)
  const marked = markCine(values)
  for (const { frame, image } of stills) {
    const size = image.width * image.height
    expect(Buffer.from(marked.pixels.subarray(frame * size, (frame + 1) * size)).equals(image.pixels)).toBe(true)
  }
  for (const { frame, image } of strip) expect(image).toEqual(markThumbnail(values, frame))
})

it('names the end of systole where the heart contracts, and does not where it stands still', () => {
  const { stills } = toReportCine(beating(6), FACTS)
  expect(stills.map(({ phase }) => phase)).toEqual(['end-diastole', 'end-systole'])
  expect(Math.abs(stills[1]!.frame - 25)).toBeLessThanOrEqual(2)
  expect(toReportCine(beating(0), FACTS).stills[1]!.phase).toBeNull()
})
