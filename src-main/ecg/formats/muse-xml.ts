import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { decodeLead } from './muse-xml/lead-data.ts'
import { museInterpretation } from './muse-xml/interpretation.ts'
import { musePatient, museStartTime } from './muse-xml/demographics.ts'
import { checkChannelCount, checkSampleCount } from './limits.ts'
import { printable } from './text.ts'
import { numberAt, parseXml, textAt, xmlRootName, type XmlElement } from './xml.ts'

/** Every MUSE export names its DTD, without an internal subset; the DTD itself is never fetched. */
const DOCTYPE = 'RestingECG SYSTEM "restecg.dtd"'

/** GE MUSE XML export (`RestingECG`): the rhythm strip, eight stored leads as a rule; the median beats are not read. */
export const museXml: EcgFormat = {
  id: 'muse-xml',

  detect: (head) => xmlRootName(head) === 'RestingECG',

  read(main) {
    const root = parseXml(main, DOCTYPE)
    const waveform = rhythmOf(root)
    const leads = waveform.children.filter(({ name }) => name === 'LeadData')
    checkChannelCount(leads.length)
    checkSampleCount(leads.length, Math.max(0, ...leads.map((lead) => numberAt(lead, 'LeadSampleCountTotal') ?? 0)))
    const decoded = leads.map(decodeLead)
    const scales = [...new Set(decoded.map(({ microvoltsPerBit }) => microvoltsPerBit))]
    return assembleRecording({
      format: this.id,
      rateHz: rateOf(waveform),
      channels: decoded,
      units: `${scales.map((scale) => Number(scale.toFixed(6))).join(', ')} µV per unit in the file`,
      rateSource: 'SampleBase of the rhythm',
      leadSource: 'LeadID of each lead',
      device: deviceOf(root),
      patient: musePatient(root),
      startTime: museStartTime(root),
      measuredHeartRateBpm: numberAt(root, 'RestingECGMeasurements', 'VentricularRate'),
      interpretation: museInterpretation(root),
      warnings: leadWarnings(decoded),
    })
  },
}

function rhythmOf(root: XmlElement): XmlElement {
  const waveforms = root.children.filter(({ name }) => name === 'Waveform')
  const rhythms = waveforms.filter((waveform) => textAt(waveform, 'WaveformType')?.toLowerCase() === 'rhythm')
  if (rhythms.length === 1) return rhythms[0]!
  const found =
    waveforms.map((waveform) => printable(textAt(waveform, 'WaveformType') ?? 'unnamed')).join(', ') || 'none'
  throw new AppError(
    'format/no-rhythm',
    `A MUSE file with one rhythm waveform is needed; this one holds ${rhythms.length} (waveforms: ${found}). Export it with its rhythm data.`,
  )
}

function rateOf(waveform: XmlElement): number {
  const base = numberAt(waveform, 'SampleBase')
  const exponent = textAt(waveform, 'SampleExponent') === undefined ? 0 : numberAt(waveform, 'SampleExponent')
  if (base === undefined || exponent === undefined) {
    throw new AppError(
      'format/rate-unknown',
      'The rhythm waveform states no sampling rate (SampleBase). Export the file again.',
    )
  }
  return base * 10 ** exponent
}

function deviceOf(root: XmlElement): string | undefined {
  const version = textAt(root, 'MuseInfo', 'MuseVersion')
  const parts = [textAt(root, 'TestDemographics', 'AcquisitionDevice'), version && `MUSE ${version}`]
  return parts.filter((part) => part !== undefined).join(', ') || undefined
}

function leadWarnings(leads: readonly { name: string; checksumMatches: boolean; off: boolean }[]): Warning[] {
  const named = (chosen: typeof leads): string => chosen.map(({ name }) => printable(name)).join(', ')
  const damaged = leads.filter((lead) => !lead.checksumMatches)
  const off = leads.filter((lead) => lead.off)
  return [
    ...(damaged.length === 0
      ? []
      : [
          {
            code: 'muse-xml/checksum',
            message: `The checksum of ${named(damaged)} does not match: the file was changed or damaged.`,
          },
        ]),
    ...(off.length === 0
      ? []
      : [{ code: 'ecg/lead-off', message: `The device marked ${named(off)} as not connected.` }]),
  ]
}
