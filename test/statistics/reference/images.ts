import { imageError, peakSignalToNoise } from '../../../src-main/statistics/images/error.ts'
import { type GreyImage, imageFromRows } from '../../../src-main/statistics/images/image.ts'
import { multichannelSsim, videoSimilarity } from '../../../src-main/statistics/images/similarity.ts'
import { type SsimOptions, ssim } from '../../../src-main/statistics/images/ssim.ts'
import { mean } from '../../../src-main/statistics/moments.ts'
import type { Actual, Adapter, Json, Lookup } from './case.ts'
import { byName } from './names.ts'

/** `gaussian_wang`, `gaussian_sigma2`, `uniform7`, with `_popcov` or `_samplecov`. */
const METHOD = '(gaussian_wang|gaussian_sigma[\\d.]+|uniform\\d+)(_popcov|_samplecov)?'

export const imageAdapters: Record<string, Adapter> = {
  image_similarity: ({ inputs, options, expected }) =>
    similarityNames(channels(inputs, 1), channels(inputs, 2), inputs.data_range, options, expected),
  image_error: ({ inputs }) => errorNames(channels(inputs, 1), channels(inputs, 2)),
  video_similarity: ({ inputs, options, expected }) => {
    const frames1 = (inputs.frames1 as number[][][]).map(imageFromRows)
    const frames2 = (inputs.frames2 as number[][][]).map(imageFromRows)
    const method = videoMethod(options)
    const result = videoSimilarity(frames1, frames2, ssimOptions(method, inputs.data_range, options))
    const perFrame = (i: number): Lookup => {
      const names = similarityNames([frames1[i]!], [frames2[i]!], inputs.data_range, options, {})
      return (name) => (name === 'ssim' ? result.perFrame[i] : name === 'psnr' ? names('psnr_db') : names(name))
    }
    const records = (expected['per_frame'] as Json[] | undefined)?.some(
      (frame) => frame !== null && typeof frame === 'object',
    )
    const averages: Lookup = (name) => {
      const values = frames1.map((_, i) => perFrame(i)(name))
      return values.includes(undefined) ? undefined : mean(values as number[])
    }
    return byName(
      ['per_frame', () => (records ? frames1.map((_, i) => perFrame(i)) : result.perFrame)],
      ['mean_over_frames', () => (typeof expected['mean_over_frames'] === 'object' ? averages : result.meanOverFrames)],
      ['psnr_db_from_pooled_mse', result.peakSignalToNoiseDb],
      ['pooled_mse', result.meanSquaredError],
    )
  },
}

function similarityNames(a: GreyImage[], b: GreyImage[], dataRange: number, options: Json, expected: Json): Lookup {
  const error = errorNames(a, b)
  const similar = byName(
    ['psnr_db', () => peakSignalToNoise(error('mse') as number, dataRange)],
    [
      new RegExp(`^ssim_${METHOD}$`),
      (method, suffix) => multichannelSsim(a, b, ssimOptions(`${method}${suffix ?? ''}`, dataRange, options)).mean,
    ],
    [
      new RegExp(`^ssim_${METHOD}_map_samples_row_col(_channel)?_value$`),
      (method, suffix, channel) => {
        const name = `ssim_${method}${suffix ?? ''}_map_samples_row_col${channel ?? ''}_value`
        return samples(a, b, ssimOptions(`${method}${suffix ?? ''}`, dataRange, options), expected[name] ?? [])
      },
    ],
  )
  return (name) => similar(name) ?? error(name)
}

/** [row, column, value] (or with a channel) at the positions that the expected list names. */
function samples(a: GreyImage[], b: GreyImage[], options: SsimOptions, positions: number[][]): Actual {
  const maps = a.map((channel, k) => ssim(channel, b[k]!, options).map)
  return positions.map((sample) => {
    const [row, column, channel] = [sample[0]!, sample[1]!, sample.length > 3 ? sample[2]! : 0]
    return [...sample.slice(0, -1), maps[channel]![row * a[0]!.columns + column]!]
  })
}

function errorNames(a: GreyImage[], b: GreyImage[]): Lookup {
  const pooled = imageError(stacked(a), stacked(b))
  return byName(
    ['mse', pooled.meanSquaredError],
    ['rmse', pooled.rootMeanSquaredError],
    ['mae', pooled.meanAbsoluteError],
    ['nrmse_euclidean', pooled.normalisedByEuclidean],
    ['nrmse_min_max', pooled.normalisedByRange],
  )
}

/** All channels under each other, as one image. */
function stacked(images: GreyImage[]): GreyImage {
  const { rows, columns } = images[0]!
  return { rows: rows * images.length, columns, pixels: images.flatMap((image) => Array.from(image.pixels)) }
}

function channels(inputs: Json, which: 1 | 2): GreyImage[] {
  const colour = inputs[`image${which}_rows_cols_channels`] as number[][][] | undefined
  if (!colour) return [imageFromRows(inputs[`image${which}`])]
  return colour[0]![0]!.map((_, k) => imageFromRows(colour.map((row) => row.map((pixel) => pixel[k]!))))
}

function ssimOptions(method: string, dataRange: number, options: Json): SsimOptions {
  const [, kind, size, suffix] = /^(uniform|gaussian_sigma|gaussian_wang)([\d.]*)(_popcov|_samplecov)?$/.exec(method)!
  const sigma = kind === 'gaussian_wang' ? 1.5 : Number(size)
  return {
    dataRange,
    window: kind === 'uniform' ? { shape: 'uniform', size: Number(size) } : { shape: 'gaussian', sigma },
    // As in the reference cases: a Gaussian window goes with the population covariance, a uniform one with the sample's.
    covariance: suffix === '_popcov' || (suffix === undefined && kind !== 'uniform') ? 'population' : 'sample',
    k1: options.K1 ?? 0.01,
    k2: options.K2 ?? 0.03,
  }
}

/** The SSIM that the options of a video case name; Wang's where they name none. */
function videoMethod(options: Json): string {
  const words = Object.entries(options as object).flatMap(([key, value]) => [key, String(value)])
  const found = words.map((word) => new RegExp(METHOD).exec(word)?.[0]).find((method) => method !== undefined)
  if (found) return found
  return words.some((word) => /7\s*[x×]\s*7|uniform/i.test(word)) && !words.some((word) => /gauss/i.test(word))
    ? 'uniform7'
    : 'gaussian_wang'
}
