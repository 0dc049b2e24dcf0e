import { AppError } from '../../../src-preload/contract/errors.ts'

/** Most samples over all channels that a recording may hold: 64 MiB of 16-bit samples. */
const MAX_SAMPLES = 2 ** 25
const MAX_CHANNELS = 1024

/**
 * Checks a declared number of channels before anything is done for each of them.
 *
 * @throws AppError `format/too-large`
 */
export function checkChannelCount(channels: number): void {
  if (channels <= MAX_CHANNELS) return
  throw new AppError('format/too-large', `The file declares ${channels} channels; at most ${MAX_CHANNELS} are read.`)
}

/**
 * Checks a product of declared numbers before anything is allocated by it.
 *
 * @throws AppError `format/too-large`
 */
export function checkSampleCount(channels: number, samplesPerChannel: number): void {
  checkChannelCount(channels)
  // Doubles hold every product of two 26-bit numbers exactly, and a larger one is refused all the same.
  if (!(channels * samplesPerChannel <= MAX_SAMPLES)) {
    throw new AppError(
      'format/too-large',
      `The file declares ${channels} channels of ${samplesPerChannel} samples; at most ${MAX_SAMPLES} samples are read. ` +
        'Export a shorter part of the recording.',
    )
  }
}
