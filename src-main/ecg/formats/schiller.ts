import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgChannel, EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { checkChannelCount, checkSampleCount } from './limits.ts'
import { scaledNumbers } from './number-list.ts'
import { schillerDevice, schillerHeartRate, schillerPatient, schillerStartTime } from './schiller/description.ts'
import { schillerInterpretation } from './schiller/interpretation.ts'
import { printable } from './text.ts'
import { millivoltsPer } from './units.ts'
import { childrenAt, numberAt, parseXml, textAt, xmlRootName, type XmlElement } from './xml.ts'

const ROOT = 'com.xiriuz.sema.xml.schillerEDI.SchillerEDI'

/** Schiller SEMA export (`SchillerEDI`): the rhythm, not the averaged beats. */
export const schiller: EcgFormat = {
  id: 'schiller-xml',

  detect: (head) => /(?:^|\.)SchillerEDI$/.test(xmlRootName(head) ?? ''),

  read(main) {
    const root = parseXml(main)
    if (root.name !== ROOT) throw otherSchema(root.name)
    const rhythm = rhythmOf(root)
    const channels = childrenAt(rhythm, 'channel')
    checkChannelCount(channels.length)
    const scale = scaleOf(rhythm)
    return assembleRecording({
      format: this.id,
      rateHz: rateOf(rhythm),
      channels: channels.map((channel) => decodeChannel(channel, scale)),
      units: `${Number((scale * 1000).toPrecision(9))} µV per unit in the file`,
      rateSource: 'samplerate of the rhythm',
      leadSource: 'channel names of the rhythm',
      device: schillerDevice(root),
      patient: schillerPatient(root),
      startTime: schillerStartTime(root),
      measuredHeartRateBpm: schillerHeartRate(root),
      interpretation: schillerInterpretation(root),
      warnings: [],
    })
  },
}

const otherSchema = (name: string): AppError =>
  new AppError(
    'format/unsupported',
    `The Schiller file is a <${printable(name)}>; <${ROOT}>, the export of SEMA, is read.`,
  )

function rhythmOf(root: XmlElement): XmlElement {
  const waves = childrenAt(root, 'eventdata', 'event', 'wavedata')
  const rhythms = waves.filter((wave) => textAt(wave, 'type') === 'ECG_RHYTHMS')
  if (rhythms.length === 1) return rhythms[0]!
  const found = waves.slice(0, 8).map((wave) => printable(textAt(wave, 'type') ?? 'unnamed'))
  throw new AppError(
    'format/no-rhythm',
    `A Schiller file with one rhythm (ECG_RHYTHMS) is needed; this one holds ${rhythms.length} (waves: ${found.join(', ') || 'none'}). Export it with its rhythm.`,
  )
}

/** SEMA writes 500 Hz as value 500 with exponent 1, which is no power of ten; what another exponent means is unknown. */
function rateOf(rhythm: XmlElement): number {
  const value = numberAt(rhythm, 'resolution', 'samplerate', 'value')
  const exponent = textAt(rhythm, 'resolution', 'samplerate', 'exponent')
  if (value !== undefined && exponent === '1') return value
  throw new AppError(
    'format/rate-unknown',
    `The rhythm states a sampling rate of ${value ?? 'nothing'} with exponent ${printable(exponent ?? 'nothing')}; a value in Hz with exponent 1 is read.`,
  )
}

function scaleOf(rhythm: XmlElement): number {
  const perBit = numberAt(rhythm, 'resolution', 'yres', 'unitperbit')
  const unit = textAt(rhythm, 'resolution', 'yres', 'units')
  const millivolts = unit === undefined ? undefined : millivoltsPer(unit)
  if (perBit !== undefined && perBit !== 0 && millivolts !== undefined) return perBit * millivolts
  throw new AppError(
    'format/units-unknown',
    `The rhythm states ${perBit ?? 'nothing'} ${printable(unit ?? 'of no unit')} per bit. Export the file with its amplitude units.`,
  )
}

function decodeChannel(channel: XmlElement, scale: number): EcgChannel {
  const name = textAt(channel, 'name')
  if (name === undefined) {
    throw new AppError('format/malformed', 'A channel of the rhythm has no name. Export the file again.')
  }
  const type = textAt(channel, 'datastype')
  if (type !== 'COMMASEPARATE') {
    throw new AppError(
      'format/unsupported',
      `Lead ${printable(name)} is stored as ${printable(type ?? 'data of no type')}; numbers with commas (COMMASEPARATE) are read.`,
    )
  }
  const declared = numberAt(channel, 'samplecount')
  checkSampleCount(1, declared ?? 0)
  const samplesMv = scaledNumbers(textAt(channel, 'data') ?? '', 'comma', `lead ${name}`, { scale })
  if (samplesMv.length === declared) return { name, samplesMv, stepMv: scale }
  throw new AppError(
    'format/truncated',
    `Lead ${printable(name)} holds ${samplesMv.length} samples but declares ${declared ?? 'no number'}. Export the file again.`,
  )
}
