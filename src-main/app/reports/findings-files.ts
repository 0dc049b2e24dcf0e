import type { ReportRecord } from '../../reports/report-record.ts'
import { reviewState } from '../../reports/report-record.ts'
import { csvTable } from '../exports/csv.ts'

const HEAD = [
  'recording_sha256',
  'patient_id',
  'recorded_at',
  'screened_at',
  'state',
  'pack',
  'pack_sha256',
  'kind',
  'id',
  'name',
  'value',
  'unit',
  'lower',
  'upper',
  'threshold',
  'positive',
  'prevalence',
  'prevalence_of',
  'r2',
  'weak',
  'reference_lower',
  'reference_upper',
  'marks',
]

type Screened = Extract<ReportRecord['outcome'], { kind: 'screened' }>

/** One line an output, each with where it comes from, so that no line means anything by itself without it. */
export function findingsCsv(record: ReportRecord, { findings, screenedAt }: Screened): string {
  const { recording, patient } = record
  const origin = [
    recording.sha256,
    patient.id,
    recording.summary.startTime,
    screenedAt,
    reviewState(record),
    `${findings.pack.id} ${findings.pack.version}`,
    findings.pack.sha256,
  ]
  const marks = findings.marks.map(({ code }) => code).join(' ')
  const rows = [
    ...findings.diseases.map(({ id, name, probability, interval, threshold, positive, prevalence }) => [
      ...['probability', id, name.en, probability, '', interval?.[0], interval?.[1], threshold, positive],
      ...[prevalence?.share, prevalence?.of, null, null, null, null],
    ]),
    ...findings.subtypes.map(({ id, name, probability }) => [
      ...['probability-if-cardiomyopathy', id, name.en, probability, '', null, null, null, null],
      ...[null, null, null, null, null, null],
    ]),
    ...findings.phenotypes.map(({ id, name, value, unit, interval, r2, weak, reference }) => [
      ...['phenotype', id, name.en, value, unit, interval?.[0], interval?.[1], null, null],
      ...[null, null, r2, weak, reference?.lower, reference?.upper],
    ]),
  ]
  return csvTable([HEAD, ...rows.map((row) => [...origin, ...row, marks])])
}

/** Everything of one screening, with the pack's own words about itself. */
export function findingsJson(record: ReportRecord, { findings, screenedAt, inputSha256 }: Screened): string {
  const { application, site, patient, recording, reviews } = record
  const { file, sha256, summary, window, measurements } = recording
  const content = {
    application,
    site,
    patient,
    recording: { file, sha256, summary, window, measurements },
    screening: { screenedAt, inputSha256, ...findings },
    state: reviewState(record),
    reviews,
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
