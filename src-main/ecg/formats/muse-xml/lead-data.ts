import { crc32 } from 'node:zlib'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { EcgChannel } from '../../recording.ts'
import { decodeBase64 } from '../base64.ts'
import { printable } from '../text.ts'
import { millivoltsPer } from '../units.ts'
import { numberAt, textAt, type XmlElement } from '../xml.ts'

export interface MuseLead extends EcgChannel {
  microvoltsPerBit: number
  checksumMatches: boolean
  off: boolean
}

/**
 * One `LeadData` element: base64 of little-endian 16-bit integers, times `LeadAmplitudeUnitsPerBit`.
 *
 * @throws AppError `format/malformed`, `format/truncated`, `format/units-unknown`, `format/unsupported`
 */
export function decodeLead(lead: XmlElement): MuseLead {
  const name = textAt(lead, 'LeadID')
  if (name === undefined)
    throw new AppError('format/malformed', 'A lead of the rhythm waveform has no name (LeadID). Export the file again.')
  const bytes = decodeBase64(textAt(lead, 'WaveFormData') ?? '', `lead ${name}`)
  checkLayout(lead, name, bytes.length)
  const millivoltsPerBit = scaleOf(lead, name)
  const samples = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const samplesMv = new Float32Array(bytes.length / 2)
  for (let t = 0; t < samplesMv.length; t++) samplesMv[t] = samples.getInt16(2 * t, true) * millivoltsPerBit
  const checksum = numberAt(lead, 'LeadDataCRC32')
  return {
    name,
    samplesMv,
    stepMv: millivoltsPerBit,
    microvoltsPerBit: millivoltsPerBit * 1000,
    checksumMatches: checksum === undefined || checksum >>> 0 === crc32(bytes),
    off: textAt(lead, 'LeadOff')?.toUpperCase() === 'TRUE',
  }
}

function checkLayout(lead: XmlElement, name: string, byteCount: number): void {
  const sampleBytes = numberAt(lead, 'LeadSampleSize') ?? 2
  if (sampleBytes !== 2) {
    throw new AppError(
      'format/unsupported',
      `Lead ${printable(name)} has samples of ${sampleBytes} bytes; MUSE files have 2.`,
    )
  }
  const declared = numberAt(lead, 'LeadSampleCountTotal')
  if (declared === undefined || declared * 2 !== byteCount) {
    throw new AppError(
      'format/truncated',
      `Lead ${printable(name)} holds ${byteCount / 2} samples but declares ${declared ?? 'no number'}. Export the file again.`,
    )
  }
  // A strip printed in columns starts its leads one after the other; read as simultaneous it would be another ECG.
  if ((numberAt(lead, 'LeadTimeOffset') ?? 0) !== 0 || (numberAt(lead, 'LeadOffsetFirstSample') ?? 0) !== 0) {
    throw new AppError(
      'format/unsupported',
      `Lead ${printable(name)} starts later than the others; only simultaneous leads are read.`,
    )
  }
}

function scaleOf(lead: XmlElement, name: string): number {
  const perBit = numberAt(lead, 'LeadAmplitudeUnitsPerBit')
  const unit = textAt(lead, 'LeadAmplitudeUnits')
  const millivolts = unit === undefined ? undefined : millivoltsPer(unit)
  if (perBit === undefined || perBit === 0 || millivolts === undefined) {
    throw new AppError(
      'format/units-unknown',
      `Lead ${printable(name)} states an amplitude of ${perBit ?? 'nothing'} ${printable(unit ?? 'of no unit')} per bit. Export the file with its amplitude units.`,
    )
  }
  return perBit * millivolts
}
