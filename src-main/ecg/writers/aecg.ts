import { AppError } from '../../../src-preload/contract/errors.ts'
import { standardLead } from '../lead-names.ts'
import { contentUuid } from './content-id.ts'
import { storedSteps } from './stored-steps.ts'
import type { EcgWriter, WritableRecording } from './writer.ts'

/** Further leads of ISO/IEEE 11073-10102 whose names are those of everybody. */
const OTHER_LEADS = /^(?:V[1-9]R?|X|Y|Z)$/

/** HL7 annotated ECG (ANSI HL7 V3 ECG R1): one rhythm series of scaled 16-bit digits. */
export const aecgWriter: EcgWriter = {
  id: 'aecg',

  leftOut: ({ channels }) => channels.map(({ name }) => name).filter((name) => leadCode(name) === undefined),

  write(recording, stem) {
    const leads = recording.channels.flatMap((channel) => {
      const code = leadCode(channel.name)
      return code === undefined ? [] : [{ code, name: channel.name, ...storedSteps(channel) }]
    })
    if (leads.length === 0)
      throw new AppError('convert/no-leads', 'The recording has no lead that an HL7 aECG can hold.')
    const gaps = leads.filter(({ hasMissing }) => hasMissing)
    if (gaps.length > 0) {
      throw new AppError(
        'convert/missing-samples',
        `Samples of ${gaps.map(({ name }) => name).join(', ')} are missing, for which an HL7 aECG has no sign. Convert to WFDB, DICOM, CSV or NPY.`,
      )
    }
    const text = document(
      recording,
      leads.map(({ code, stepMv, steps }) => sequence(code, stepMv, steps)),
    )
    return [{ name: `${stem}.xml`, bytes: Buffer.from(text) }]
  },
}

function leadCode(name: string): string | undefined {
  const standard = standardLead(name)
  const lead = standard?.lead ?? (OTHER_LEADS.test(name) ? name : undefined)
  return lead && `MDC_ECG_LEAD_${lead.toUpperCase()}`
}

function document(recording: WritableRecording, sequences: readonly string[]): string {
  const { rateHz, startTime, device } = recording
  const start = timeStamp(startTime)
  const end = start === undefined ? '' : `<low value="${start}"/>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="${contentUuid(recording, 'aecg')}"/>
<code code="93000" codeSystem="2.16.840.1.113883.6.12" codeSystemName="CPT-4"/>
${start === undefined ? '' : `<effectiveTime>${end}</effectiveTime>\n`}${subject(recording)}<component><series>
<id root="${contentUuid(recording, 'aecg series')}"/>
<code code="RHYTHM" codeSystem="2.16.840.1.113883.5.4"/>
${start === undefined ? '' : `<effectiveTime>${end}</effectiveTime>\n`}${device === undefined ? '' : author(device)}<component><sequenceSet>
${timeAxis(rateHz, start)}
${sequences.join('\n')}
</sequenceSet></component>
</series></component>
</AnnotatedECG>
`
}

function timeAxis(rateHz: number, start: string | undefined): string {
  const [code, type, head] =
    start === undefined
      ? ['TIME_RELATIVE', 'GLIST_PQ', '<head value="0" unit="s"/>']
      : ['TIME_ABSOLUTE', 'GLIST_TS', `<head value="${start}"/>`]
  const increment = Number((1 / rateHz).toPrecision(12))
  return `<component><sequence><code code="${code}" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="${type}">${head}<increment value="${increment}" unit="s"/></value></sequence></component>`
}

function sequence(code: string, stepMv: number, steps: Int16Array): string {
  const scale = Number((stepMv * 1000).toPrecision(12))
  return `<component><sequence><code code="${code}" codeSystem="2.16.840.1.113883.6.24" codeSystemName="MDC"/><value xsi:type="SLIST_PQ"><origin value="0" unit="uV"/><scale value="${scale}" unit="uV"/><digits>${steps.join(' ')}</digits></value></sequence></component>`
}

function subject({ patient }: WritableRecording): string {
  if (!patient) return ''
  const { id, name, sex, birthDate } = patient
  const code = sex === 'male' ? 'M' : sex === 'female' ? 'F' : 'UN'
  const person = [
    name === undefined ? '' : `<name>${escaped(name)}</name>`,
    sex === undefined ? '' : `<administrativeGenderCode code="${code}" codeSystem="2.16.840.1.113883.5.1"/>`,
    birthDate === undefined ? '' : `<birthTime value="${birthDate.replaceAll('-', '')}"/>`,
  ].join('')
  const known = id === undefined ? '' : `<id extension="${escaped(id)}"/>`
  return `<componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject>${known}<subjectDemographicPerson>${person}</subjectDemographicPerson></trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>\n`
}

const author = (device: string): string =>
  `<author><seriesAuthor><manufacturedSeriesDevice><manufacturerModelName>${escaped(device)}</manufacturerModelName></manufacturedSeriesDevice></seriesAuthor></author>\n`

/** YYYYMMDDHHMMSS; undefined where there is no whole date and time. */
function timeStamp(startTime: string | undefined): string | undefined {
  const fields = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/.exec(startTime ?? '')
  return fields?.slice(1).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Without the control characters that XML 1.0 has no place for. */
const escaped = (text: string): string =>
  text.replace(/[\p{Cc}\ufffe\uffff]/gu, ' ').replace(/[&<>"']/g, (character) => ESCAPES[character]!)
