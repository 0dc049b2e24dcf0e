import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgChannel, EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { cardiosoftDevice, cardiosoftPatient, cardiosoftStartTime } from './cardiosoft/description.ts'
import { cardiosoftInterpretation } from './cardiosoft/interpretation.ts'
import { checkSampleCount } from './limits.ts'
import { scaledNumbers } from './number-list.ts'
import { printable } from './text.ts'
import { millivoltsPer } from './units.ts'
import { childAt, childrenAt, numberAt, parseXml, textAt, xmlRootName, type XmlElement } from './xml.ts'

/** GE CardioSoft export (`CardiologyXML`) of a resting ECG, as the UK Biobank has them: its strip, not its medians. */
export const cardiosoft: EcgFormat = {
  id: 'cardiosoft-xml',

  detect: (head) => xmlRootName(head) === 'CardiologyXML',

  read(main) {
    const root = parseXml(main)
    const strip = stripOf(root)
    const leads = childrenAt(strip, 'WaveformData')
    const sampleCount = declaredSamples(strip, leads.length)
    const millivoltsPerBit = scaleOf(strip)
    return assembleRecording({
      format: this.id,
      rateHz: rateOf(strip),
      channels: leads.map((lead) => decodeLead(lead, sampleCount, millivoltsPerBit)),
      units: `${Number((millivoltsPerBit * 1000).toPrecision(9))} µV per unit in the file`,
      rateSource: 'SampleRate of the strip',
      leadSource: 'lead names of the strip',
      device: cardiosoftDevice(root),
      patient: cardiosoftPatient(root),
      startTime: cardiosoftStartTime(root),
      measuredHeartRateBpm: numberAt(root, 'RestingECGMeasurements', 'VentricularRate'),
      interpretation: cardiosoftInterpretation(root),
      warnings: [],
    })
  },
}

function stripOf(root: XmlElement): XmlElement {
  const kind = textAt(root, 'ObservationType')
  if (kind !== 'RestECG') {
    throw new AppError(
      'format/unsupported',
      `The CardioSoft file is ${kind === undefined ? 'of no stated kind' : `a ${printable(kind)}`}; resting ECGs (RestECG) are read.`,
    )
  }
  const strips = childrenAt(root, 'StripData')
  if (strips.length === 1) return strips[0]!
  throw new AppError(
    'format/no-rhythm',
    `A CardioSoft file with one strip (StripData) is needed; this one holds ${strips.length}. Export it with its raw data.`,
  )
}

function declaredSamples(strip: XmlElement, leads: number): number {
  const declaredLeads = numberAt(strip, 'NumberOfLeads')
  const samples = numberAt(strip, 'ChannelSampleCountTotal')
  if (samples === undefined || declaredLeads !== leads) {
    throw new AppError(
      'format/truncated',
      `The strip declares ${declaredLeads ?? 'no number of'} leads of ${samples ?? 'no number of'} samples and holds ${leads} leads. Export the file again.`,
    )
  }
  checkSampleCount(leads, samples)
  return samples
}

function rateOf(strip: XmlElement): number {
  const rate = numberAt(strip, 'SampleRate')
  const unit = childAt(strip, 'SampleRate')?.attributes['units']
  if (rate !== undefined && unit?.toLowerCase() === 'hz') return rate
  throw new AppError(
    'format/rate-unknown',
    `The strip states a sampling rate of ${rate ?? 'nothing'} ${printable(unit ?? 'in no unit')}. Export the file with its rate in Hz.`,
  )
}

function scaleOf(strip: XmlElement): number {
  const perBit = numberAt(strip, 'Resolution')
  const unit = childAt(strip, 'Resolution')?.attributes['units']
  const millivolts = millivoltsPer(/^(.{1,40})PerLsb$/i.exec(unit ?? '')?.[1] ?? '')
  if (perBit !== undefined && perBit !== 0 && millivolts !== undefined) return perBit * millivolts
  throw new AppError(
    'format/units-unknown',
    `The strip states a resolution of ${perBit ?? 'nothing'} ${printable(unit ?? 'in no unit')}. Export the file with its resolution in uVperLsb.`,
  )
}

function decodeLead(lead: XmlElement, sampleCount: number, scale: number): EcgChannel {
  const name = lead.attributes['lead']?.trim()
  if (!name) throw new AppError('format/malformed', 'A lead of the strip has no name. Export the file again.')
  const samplesMv = scaledNumbers(lead.text, 'comma', `lead ${name}`, { scale })
  if (samplesMv.length === sampleCount) return { name, samplesMv, stepMv: scale }
  throw new AppError(
    'format/truncated',
    `Lead ${printable(name)} holds ${samplesMv.length} samples but the strip declares ${sampleCount}. Export the file again.`,
  )
}
