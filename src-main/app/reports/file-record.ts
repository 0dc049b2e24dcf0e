import { basename } from 'node:path'
import { personOf } from '../../../src-preload/contract/findings/person.ts'
import type { AppDescription, ErrorReply } from '../../../src-preload/contract/index.ts'
import type { ScreeningResult } from '../../../src-preload/contract/screening.ts'
import { toReportFindings } from '../../reports/findings.ts'
import type { ReportCine, ReportRecord } from '../../reports/report-record.ts'
import type { ReadJobResult } from '../reading/read-job.ts'
import { inputSha256 } from '../recordings/waveform-blob.ts'
import { reportMaker } from './report-maker.ts'

/**
 * The record of one file that was screened without a registry: nobody reviews it, and who it is of stands in the file.
 * It has no date, for a file's local time is no moment.
 */
export function recordOfFile(
  path: string,
  read: ReadJobResult,
  outcome: { result: ScreeningResult; pack: AppDescription['pack'] } | { refusal: ErrorReply },
  cine: ReportCine | null,
): ReportRecord {
  const { summary, leads = [], prepared, measurements = null } = read
  const { patient = {} } = summary
  const person = personOf({ patient: null, ecg: summary, importedAt: '' })
  return {
    application: reportMaker(),
    site: '',
    patient: { ...patient, ageYears: person.ageYears, source: 'file' },
    recording: {
      file: basename(path),
      sha256: read.sha256,
      summary,
      window: prepared?.window ?? null,
      waveform: { rateHz: summary.rateHz, leads },
      measurements,
    },
    outcome:
      'refusal' in outcome
        ? { kind: 'refused', refusal: outcome.refusal }
        : {
            kind: 'screened',
            findings: toReportFindings(outcome.result, outcome.pack, person),
            screenedAt: null,
            inputSha256: inputSha256(prepared!),
          },
    reviews: [],
    reviewable: false,
    cine,
    date: null,
  }
}
