import {
  AppError,
  type AppDescription,
  type RecordingId,
  type ScreeningId,
} from '../../../src-preload/contract/index.ts'
import { personOf } from '../../../src-preload/contract/findings/person.ts'
import { measureRecording } from '../../ecg/measurements/measure-recording.ts'
import { toReportFindings } from '../../reports/findings.ts'
import { momentText } from '../../reports/numbers.ts'
import type { ReportCine, ReportRecord, ReportReview } from '../../reports/report-record.ts'
import type { RegistryEnvironment } from '../../registry/environment.ts'
import type { Registry } from '../../registry/registry.ts'
import { getRecording, listSources, type Recording } from '../../registry/tables/recordings.ts'
import { requireUnaltered } from '../../registry/tables/review-proof.ts'
import { listReviews, type Review } from '../../registry/tables/review-rows.ts'
import { getScreening, type Screening } from '../../registry/tables/screenings.ts'
import { readSiteSettings } from '../../registry/tables/site-settings.ts'
import { patientLabel } from '../recordings/recording-entry.ts'
import { waveformOf } from '../recordings/waveform-blob.ts'
import { reportMaker } from './report-maker.ts'

/** What a report is made from: the registry that is open, or a snapshot of it. */
export type ReportSource = Pick<Registry, 'db' | 'blobs' | 'environment'>

/**
 * What a report of one recording, or of one of its screenings, tells of.
 *
 * @throws AppError `recording/unknown`, `screening/unknown`, `screening/review-altered`, `registry/blob-…`
 */
export function recordOfRegistry(
  registry: ReportSource,
  subject: { recordingId: RecordingId; screeningId: ScreeningId | null },
  pack: AppDescription['pack'],
  cine: ReportCine | null,
): ReportRecord {
  const { db } = registry
  const recording = getRecording(db, subject.recordingId)
  const screening = subject.screeningId === null ? null : getScreening(db, subject.screeningId)
  if (screening && screening.recordingId !== recording.id) {
    throw new AppError('screening/unknown', 'This screening is of another recording.')
  }
  if (screening) requireUnaltered(db, screening.id)
  const patient = recording.patientId === null ? null : patientLabel(db, recording.patientId)
  const importedAt = new Date(recording.importedMs).toISOString()
  const person = personOf({ patient, ecg: recording.summary, importedAt })
  const reviews = screening ? listReviews(db, screening.id) : []
  const { environment } = registry
  const last = reviews.at(-1)
  return {
    application: reportMaker(),
    site: readSiteSettings(db).siteName,
    patient: patient
      ? {
          name: patient.name,
          id: patient.localId,
          sex: patient.sex,
          birthDate: patient.birthDate ?? undefined,
          ageYears: person.ageYears,
          source: 'registry',
        }
      : { ...recording.summary.patient, ageYears: person.ageYears, source: 'file' },
    recording: describeRecording(registry, recording),
    outcome: outcomeOf(recording, screening, environment, (result) => toReportFindings(result, pack, person)),
    reviews: reviews.map(toReportReview),
    reviewable: true,
    cine,
    date: new Date(last?.reviewedMs ?? screening?.screenedMs ?? recording.importedMs),
  }
}

function describeRecording(registry: ReportSource, recording: Recording): ReportRecord['recording'] {
  const [source] = listSources(registry.db, recording.id)
  const waveform = waveformOf(registry, recording)
  return {
    file: source?.fileName ?? '',
    sha256: source?.contentSha256 ?? '',
    summary: recording.summary,
    window: recording.window,
    waveform,
    measurements: measureRecording(waveform, recording.window, recording.summary.interpretation).measurements,
  }
}

function outcomeOf(
  { refusal }: Recording,
  screening: Screening | null,
  environment: RegistryEnvironment,
  findings: (result: Screening['result']) => ReturnType<typeof toReportFindings>,
): ReportRecord['outcome'] {
  if (screening) {
    const { result, inputSha256, screenedMs } = screening
    return {
      kind: 'screened',
      findings: findings(result),
      screenedAt: momentText(screenedMs, environment.offsetMinutesAt(screenedMs)),
      inputSha256,
    }
  }
  return refusal ? { kind: 'refused', refusal } : { kind: 'not-screened' }
}

function toReportReview(review: Review): ReportReview {
  const { state, agreement, conclusion, reason, reviewerName, reviewedMs, offsetMinutes, signature } = review
  return {
    state,
    agreement,
    conclusion,
    reason,
    by: reviewerName,
    at: momentText(reviewedMs, offsetMinutes),
    recordSha256: signature === null ? null : review.recordSha256,
  }
}
