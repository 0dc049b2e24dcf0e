import { describe, expect, it } from 'vitest'
import { imageError, peakSignalToNoise } from '../../../src-main/statistics/images/error.ts'
import { type GreyImage, imageFromRows } from '../../../src-main/statistics/images/image.ts'
import { videoSimilarity } from '../../../src-main/statistics/images/similarity.ts'
import { type SsimOptions, ssim, wangSsim } from '../../../src-main/statistics/images/ssim.ts'
import { Philox } from '../../../src-main/statistics/random.ts'

const options: SsimOptions = { dataRange: 255, ...wangSsim }

function noise(seed: number, rows = 16, columns = 20): GreyImage {
  const random = new Philox(seed)
  return { rows, columns, pixels: Float64Array.from({ length: rows * columns }, () => random.below(256)) }
}

describe('structural similarity', () => {
  const a = noise(1)
  const b = noise(2)

  it('is 1 for an image with itself and the same in either order', () => {
    expect(ssim(a, a, options).mean).toBe(1)
    expect(ssim(b, a, options).mean).toBeCloseTo(ssim(a, b, options).mean, 14)
    expect(ssim(a, b, options).mean).toBeLessThan(0.2)
  })

  it('does not see a common scale of pixels and data range', () => {
    const scaled = (image: GreyImage): GreyImage => ({
      ...image,
      pixels: Float64Array.from(image.pixels, (p) => p / 255),
    })
    expect(ssim(scaled(a), scaled(b), { ...options, dataRange: 1 }).mean).toBeCloseTo(ssim(a, b, options).mean, 12)
  })

  it('is turned with the images', () => {
    const turned = (image: GreyImage): GreyImage => ({
      rows: image.columns,
      columns: image.rows,
      pixels: Float64Array.from(
        { length: image.pixels.length },
        (_, i) => image.pixels[(i % image.rows) * image.columns + Math.floor(i / image.rows)]!,
      ),
    })
    expect(ssim(turned(a), turned(b), options).mean).toBeCloseTo(ssim(a, b, options).mean, 12)
  })

  it('changes with window, covariance and range', () => {
    const values = [
      options,
      { ...options, dataRange: 200 },
      { ...options, covariance: 'sample' as const },
      { ...options, window: { shape: 'uniform', size: 7 } as const },
    ].map((one) => ssim(a, b, one).mean)
    expect(new Set(values).size).toBe(4)
  })

  it('refuses windows without a middle or too large, and a range of 0', () => {
    expect(() => ssim(a, b, { ...options, window: { shape: 'uniform', size: 8 } })).toThrow('no middle')
    expect(() => ssim(noise(1, 8, 8), noise(2, 8, 8), options)).toThrow('does not fit')
    expect(() => ssim(a, b, { ...options, dataRange: 0 })).toThrow('data range')
    expect(() => ssim(a, noise(2, 20, 16), options)).toThrow('one size')
  })
})

describe('image errors', () => {
  it('are zero for identical images, whose PSNR is infinite', () => {
    const image = imageFromRows([
      [1, 2],
      [3, 4],
    ])
    expect(imageError(image, image)).toMatchObject({ meanSquaredError: 0, meanAbsoluteError: 0 })
    expect(peakSignalToNoise(0, 255)).toBe(Infinity)
  })

  it('are undefined in relation to a black or flat reference', () => {
    const black = imageFromRows([
      [0, 0],
      [0, 0],
    ])
    const grey = imageFromRows([
      [5, 5],
      [5, 5],
    ])
    expect(imageError(black, grey)).toMatchObject({
      rootMeanSquaredError: 5,
      normalisedByEuclidean: null,
      normalisedByRange: null,
    })
  })
})

describe('video', () => {
  it('pools the error of all frames before the logarithm', () => {
    const still = noise(3)
    const moved: GreyImage = { ...still, pixels: Float64Array.from(still.pixels, (p) => p + 10) }
    const { perFrame, peakSignalToNoiseDb } = videoSimilarity([still, still], [still, moved], options)
    expect(perFrame[0]).toBe(1)
    expect(perFrame[1]).toBeLessThan(1)
    expect(peakSignalToNoiseDb).toBeCloseTo(10 * Math.log10(255 ** 2 / 50), 12)
  })
})
