import type {
  PatientLabel,
  PersonId,
  RecordingEntry,
  RecordingId,
  Review,
  ScreeningId,
  StoredScreening,
} from '../../../src-preload/contract/index.ts'
import { isNotReliable } from '../../../src-preload/contract/findings/not-reliable.ts'
import type { ReadableDb } from '../../registry/database.ts'
import { getPatient } from '../../registry/tables/patients.ts'
import { displayNames } from '../../registry/tables/people.ts'
import { getRecording, listSources, type Recording } from '../../registry/tables/recordings.ts'
import { provenReviews, type ProvenReview } from '../../registry/tables/review-proof.ts'
import { listScreenings } from '../../registry/tables/screenings.ts'
import { compareIdentity } from './compare-identity.ts'

/** A recording as the window has it: with its patient, all its screenings and what was said of them. */
export function readEntry(db: ReadableDb, recordingId: string): RecordingEntry {
  return toEntry(db, getRecording(db, recordingId))
}

export function toEntry(db: ReadableDb, recording: Recording): RecordingEntry {
  const [source] = listSources(db, recording.id)
  const screenings = listScreenings(db, recording.id)
  const patient = recording.patientId === null ? null : patientLabel(db, recording.patientId)
  const nameOf = personNames(db)
  return {
    id: recording.id as RecordingId,
    file: source?.fileName ?? '',
    sha256: source?.contentSha256 ?? '',
    ecg: recording.summary,
    window: recording.window,
    refusal: recording.refusal,
    patient,
    mismatches: patient ? compareIdentity(recording.summary.patient, patient) : [],
    importedAt: isoTime(recording.importedMs),
    importedBy: nameOf(recording.importedBy),
    screening: screenings[0]?.result ?? null,
    screenings: screenings.map((screening): StoredScreening => {
      const { intact, altered } = provenReviews(db, screening.id)
      return {
        id: screening.id as ScreeningId,
        pack: screening.result.pack,
        provider: screening.result.provider,
        diseases: screening.result.diseases,
        doubtful: screening.result.marks.some(isNotReliable),
        preprocessingVersion: screening.preprocessingVersion,
        inputSha256: screening.inputSha256,
        screenedAt: isoTime(screening.screenedMs),
        screenedBy: nameOf(screening.screenedBy),
        state: screening.state,
        reviews: intact.map(toReview),
        alteredReviews: altered,
      }
    }),
  }
}

const toReview = ({ state, agreement, conclusion, reason, ...given }: ProvenReview): Review => ({
  state,
  agreement,
  conclusion,
  reason,
  reviewedAt: isoTime(given.reviewedMs),
  reviewedBy: given.reviewerName,
  signature: given.signatureState,
})

export function patientLabel(db: ReadableDb, patientId: string): PatientLabel {
  const { id, localId, name, sex, birthDate, heightCm, weightKg } = getPatient(db, patientId)
  return { id: id as PatientLabel['id'], localId, name, sex, birthDate, heightCm, weightKg }
}

/** Names by id; what the application did by itself has its own name. */
export function personNames(db: ReadableDb): (id: string | PersonId | null) => string {
  const names = displayNames(db)
  return (id) => (id === null ? 'CardioNets' : (names.get(id) ?? ''))
}

export const isoTime = (ms: number): string => new Date(ms).toISOString()
