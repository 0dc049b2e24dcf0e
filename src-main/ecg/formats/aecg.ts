import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { aecgDevice, aecgHeartRate, aecgPatient, aecgStartTime } from './aecg/description.ts'
import { decodeSequence, isLead } from './aecg/leads.ts'
import { isTimeAxis, rateHzOf } from './aecg/time-axis.ts'
import { assembleRecording } from './assemble-recording.ts'
import { checkChannelCount } from './limits.ts'
import { printable } from './text.ts'
import { childAt, childrenAt, parseXml, xmlRootName, type XmlElement } from './xml.ts'

const SEQUENCE_SKIPPED = {
  code: 'aecg/sequence-skipped',
  message: 'The rhythm series holds sequences that are no ECG lead; they were not read.',
}
const NAMESPACE = 'urn:hl7-org:v3'

/**
 * HL7 annotated ECG (ANSI HL7 V3 ECG R1, the FDA's aECG): the one rhythm series; representative beats, which are
 * derived series, are not read.
 */
export const aecg: EcgFormat = {
  id: 'aecg',

  detect: (head) => xmlRootName(head) === 'AnnotatedECG',

  read(main) {
    const root = parseXml(main)
    checkNamespace(root)
    const series = rhythmOf(root)
    const sequences = childrenAt(sequenceSetOf(series), 'component', 'sequence')
    const leads = sequences.filter(isLead)
    const axes = sequences.filter(isTimeAxis).length
    checkChannelCount(leads.length)
    const channels = leads.map(decodeSequence)
    const scales = [...new Set(channels.map(({ microvoltsPerUnit }) => Number(microvoltsPerUnit.toPrecision(9))))]
    return assembleRecording({
      format: this.id,
      rateHz: rateHzOf(sequences),
      channels,
      units: `${scales.join(', ')} µV per unit in the file`,
      rateSource: 'time axis of the rhythm series',
      leadSource: 'lead codes of the rhythm series',
      device: aecgDevice(series),
      patient: aecgPatient(root),
      startTime: aecgStartTime(root, series, sequences),
      measuredHeartRateBpm: aecgHeartRate(series),
      warnings: sequences.length === leads.length + axes ? [] : [SEQUENCE_SKIPPED],
    })
  },
}

function checkNamespace(root: XmlElement): void {
  const namespace = root.attributes['xmlns']
  if (namespace === undefined || namespace === NAMESPACE) return
  throw new AppError(
    'format/unsupported',
    `The annotated ECG is of the schema “${printable(namespace)}”; “${NAMESPACE}” is read. Export it as HL7 aECG, version 3.`,
  )
}

function rhythmOf(root: XmlElement): XmlElement {
  const all = childrenAt(root, 'component', 'series')
  const codeOf = (series: XmlElement): string => childAt(series, 'code')?.attributes['code'] ?? 'without a code'
  const rhythms = all.filter((series) => codeOf(series).toUpperCase() === 'RHYTHM')
  if (rhythms.length === 1) return rhythms[0]!
  const found = all.slice(0, 8).map((series) => printable(codeOf(series)))
  throw new AppError(
    'format/no-rhythm',
    `An annotated ECG with one rhythm series is needed; this one holds ${rhythms.length} (series: ${found.join(', ') || 'none'}). Export one recording with its rhythm.`,
  )
}

function sequenceSetOf(series: XmlElement): XmlElement {
  const sets = childrenAt(series, 'component', 'sequenceSet')
  if (sets.length === 1) return sets[0]!
  throw new AppError(
    'format/unsupported',
    `The rhythm series holds ${sets.length} sequence sets; one, with all leads at the same time, is read. Export the rhythm as one piece.`,
  )
}
