import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkSampleCount } from '../limits.ts'
import { printable } from '../text.ts'
import type { DicomChannel } from './channels.ts'
import type { DicomDataset } from '../../../dicom/dataset.ts'
import { Tag } from '../../../dicom/tags.ts'

export interface SampleLayout {
  channelCount: number
  sampleCount: number
  bitsAllocated: number
  /** SB, UB, SS, US, SL or UL. */
  interpretation: string
  littleEndian: boolean
}

const widths: Record<string, number> = { SB: 1, UB: 1, SS: 2, US: 2, SL: 4, UL: 4 }

/**
 * The samples of the channels that are voltages, in mV; padding is NaN.
 *
 * Samples lie channel by channel within each instant. Of each, only the `bitsStored` low bits count (12 in 16 as a
 * rule), with the sign in the highest of them.
 *
 * @throws AppError `format/unsupported`, `format/truncated`, `format/malformed`, `format/too-large`
 */
export function decodeSamples(
  group: DicomDataset,
  channels: readonly DicomChannel[],
  layout: SampleLayout,
): Float32Array[] {
  const { channelCount, sampleCount, bitsAllocated, interpretation, littleEndian } = layout
  const width = widths[interpretation]
  if (width === undefined || width * 8 !== bitsAllocated) {
    throw new AppError(
      'format/unsupported',
      `The DICOM waveform stores samples as ${printable(interpretation)} in ${bitsAllocated} bits, which is not read. Export it with 16-bit samples (SS).`,
    )
  }
  checkSampleCount(channelCount, sampleCount)
  const bytes = group.get(Tag.waveformData)?.bytes ?? new Uint8Array()
  const expected = channelCount * sampleCount * width
  if (bytes.length < expected) {
    throw new AppError(
      'format/truncated',
      `The DICOM waveform declares ${expected} bytes of samples and holds ${bytes.length}. Export the file again.`,
    )
  }
  if (bytes.length > expected + (expected % 2)) {
    throw new AppError(
      'format/malformed',
      `The DICOM waveform holds ${bytes.length} bytes of samples where it declares ${expected}. Export the file again.`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const signed = interpretation.startsWith('S')
  const padding = paddingOf(group, width, littleEndian)
  const raw = new Int32Array(sampleCount)
  return channels.map(({ millivoltsPerUnit: scale, offsetMv, bitsStored }, channel) => {
    if (scale === undefined) return new Float32Array()
    gather(view, channel * width, channelCount * width, width, littleEndian, raw)
    const shift = 32 - bitsStored
    const samplesMv = new Float32Array(sampleCount)
    for (let t = 0; t < sampleCount; t++) {
      const bits = raw[t]! << shift
      samplesMv[t] = raw[t] === padding ? NaN : (signed ? bits >> shift : bits >>> shift) * scale + offsetMv
    }
    return samplesMv
  })
}

/** The stored bits of one channel, not yet told whether they have a sign. */
function gather(view: DataView, start: number, stride: number, width: number, littleEndian: boolean, out: Int32Array) {
  if (width === 1) for (let t = 0, at = start; t < out.length; t++, at += stride) out[t] = view.getUint8(at)
  else if (width === 2)
    for (let t = 0, at = start; t < out.length; t++, at += stride) out[t] = view.getUint16(at, littleEndian)
  else for (let t = 0, at = start; t < out.length; t++, at += stride) out[t] = view.getInt32(at, littleEndian)
}

function paddingOf(group: DicomDataset, width: number, littleEndian: boolean): number | undefined {
  const bytes = group.get(Tag.paddingValue)?.bytes
  if (!bytes || bytes.length < width) return undefined
  const value = new Int32Array(1)
  gather(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, width, width, littleEndian, value)
  return value[0]
}
