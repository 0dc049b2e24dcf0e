import { LEAD_NAMES } from '../../../../src-preload/contract/constants.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkChannelCount } from '../limits.ts'
import { printable } from '../text.ts'
import { childAt, childrenAt, decimal, textAt, type XmlElement } from '../xml.ts'

/** How the parsed waveforms of one document are stored. */
export interface PhilipsLayout {
  /** Lead names in file order. */
  labels: readonly string[]
  rateHz: number
  microvoltsPerBit: number
  /** Samples that the document declares for each lead. */
  sampleCount: number
  storage: 'xli' | 'plain'
  data: string
}

/** Most samples over all leads; a resting ECG has some 100 000. Its compression can be a bomb, so it is held short. */
const MAX_SAMPLES = 2 ** 22

/**
 * Version 1.03 states rate and resolution in `signalcharacteristics` and names its leads by a lead set; later versions
 * state everything in the attributes of `parsedwaveforms`. Resolution is µV per bit by the format's definition.
 *
 * @throws AppError `format/no-rhythm`, `format/unsupported`, `format/rate-unknown`, `format/units-unknown`,
 *   `format/truncated`, `format/too-large`
 */
export function philipsLayout(root: XmlElement, version: string): PhilipsLayout {
  const waves = childrenAt(root, 'waveforms', 'parsedwaveforms')
  if (waves.length !== 1) {
    throw new AppError(
      'format/no-rhythm',
      `A Philips file with one parsed waveform is needed; this one holds ${waves.length}. Export it with its waveform data.`,
    )
  }
  const wave = waves[0]!
  const stated = statements(root, wave, version)
  const labels = version === '1.03' ? leadSet(root) : leadLabels(wave)
  checkSampleFormat(stated)
  const rateHz = decimal(stated('rate'))
  if (rateHz === undefined || rateHz <= 0) {
    throw new AppError('format/rate-unknown', 'The Philips file states no sampling rate. Export it again.')
  }
  const microvoltsPerBit = decimal(stated('resolution'))
  if (microvoltsPerBit === undefined || microvoltsPerBit <= 0) {
    throw new AppError('format/units-unknown', 'The Philips file states no resolution in µV per bit. Export it again.')
  }
  const sampleCount = declaredSamples(wave, rateHz, labels.length)
  return { labels, rateHz, microvoltsPerBit, sampleCount, storage: storageOf(wave, version), data: wave.text }
}

type Field = 'rate' | 'resolution' | 'bits' | 'offset' | 'signed'
type Statements = (field: Field) => string | undefined

const ATTRIBUTES: Record<Field, string> = {
  rate: 'samplespersecond',
  resolution: 'resolution',
  bits: 'bitspersample',
  offset: 'signaloffset',
  signed: 'signalsigned',
}
const ELEMENTS: Record<Field, string> = {
  rate: 'samplingrate',
  resolution: 'signalresolution',
  bits: 'bitspersample',
  offset: 'signaloffset',
  signed: 'signalsigned',
}

function statements(root: XmlElement, wave: XmlElement, version: string): Statements {
  const characteristics = childAt(root, 'dataacquisition', 'signalcharacteristics')
  return version === '1.03'
    ? (field) => characteristics && textAt(characteristics, ELEMENTS[field])
    : (field) => wave.attributes[ATTRIBUTES[field]]?.trim()
}

function checkSampleFormat(stated: Statements): void {
  const [bits, offset, signed] = [stated('bits') ?? '16', stated('offset') ?? '0', stated('signed') ?? 'True']
  if (decimal(bits) === 16 && decimal(offset) === 0 && signed.toLowerCase() === 'true') return
  throw new AppError(
    'format/unsupported',
    `The Philips file has samples of ${printable(bits)} bits, offset ${printable(offset)}, signed ${printable(signed)}; signed 16-bit samples without an offset are read.`,
  )
}

function leadSet(root: XmlElement): readonly string[] {
  const characteristics = childAt(root, 'dataacquisition', 'signalcharacteristics')
  const set = characteristics && textAt(characteristics, 'leadset')
  const channels = characteristics && textAt(characteristics, 'numberchannelsvalid')
  if (set === 'STD-12' && channels === '12') return LEAD_NAMES
  throw new AppError(
    'format/unsupported',
    `The Philips file has ${printable(channels ?? 'no number of')} channels of lead set ${printable(set ?? '(none)')}; in version 1.03 the twelve of STD-12 are read.`,
  )
}

function leadLabels(wave: XmlElement): string[] {
  const labels = (wave.attributes['leadlabels'] ?? '').split(/\s+/).filter((label) => label !== '')
  checkChannelCount(labels.length)
  const declared = wave.attributes['numberofleads']?.trim()
  if (decimal(declared) === labels.length && labels.length > 0) return labels
  throw new AppError(
    'format/malformed',
    `The Philips file declares ${printable(declared ?? 'no number of')} leads and names ${labels.length}. Export it again.`,
  )
}

function declaredSamples(wave: XmlElement, rateHz: number, leads: number): number {
  const durationMs = decimal(wave.attributes['durationperchannel']?.trim())
  const samples = ((durationMs ?? NaN) * rateHz) / 1000
  if (leads * samples > MAX_SAMPLES) {
    throw new AppError(
      'format/too-large',
      `The Philips file declares ${leads} leads of ${samples} samples; at most ${MAX_SAMPLES} samples are read. Export a shorter part of the recording.`,
    )
  }
  if (Number.isInteger(samples) && samples > 0) return samples
  throw new AppError(
    'format/truncated',
    `The Philips file declares a duration of ${durationMs ?? 'nothing'} ms at ${rateHz} Hz, which is no number of samples. Export it again.`,
  )
}

function storageOf(wave: XmlElement, version: string): PhilipsLayout['storage'] {
  const encoding = wave.attributes['dataencoding'] ?? ''
  const notCompressed = version === '1.03' && wave.attributes['compressflag']?.toLowerCase() !== 'true'
  const method = notCompressed ? '' : (wave.attributes[version === '1.03' ? 'compressmethod' : 'compression'] ?? '')
  if (/^base64$/i.test(encoding) && /^xli$/i.test(method)) return 'xli'
  if (/^plain$/i.test(encoding) && /^(?:|none|uncompressed)$/i.test(method)) return 'plain'
  throw new AppError(
    'format/unsupported',
    `The Philips file stores its waveforms as ${printable(encoding || 'text of no encoding')}, compression ${printable(method || 'none')}; Base64 with XLI, and plain numbers, are read.`,
  )
}
