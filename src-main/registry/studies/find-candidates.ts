import type { CaseFilter } from '../../../src-preload/contract/study-cases.ts'
import { statement, type ReadableDb } from '../database.ts'

export interface CandidateRow {
  recordingId: string
  /** Number of the patient within the registry. */
  patient: number
  recordedDate: string | null
  sex: string | null
  birthDate: string | null
  realCine: boolean
  /** The newest screening's call on cardiomyopathy, and what its signed review says of it. */
  positive: boolean
  agreement: 'agree' | 'disagree'
}

const MOST_ROWS = 5000

/**
 * Recordings of patients whose newest screening is signed, newest first; without name, number or file.
 *
 * @param filter  age is not looked at here
 */
export function findCandidates(db: ReadableDb, filter: CaseFilter): CandidateRow[] {
  const wanted = [
    `review.state IN ('signed', 'amended')`,
    'recording.prepared_blob IS NOT NULL',
    ...(filter.recordedFrom === null ? [] : ['recording.recorded_date >= @recordedFrom']),
    ...(filter.recordedTo === null ? [] : ['recording.recorded_date <= @recordedTo']),
    ...(filter.sex === 'any' ? [] : ['patient.sex = @sex']),
    ...(filter.finding === 'any'
      ? []
      : [`(positive_cm = (agreement = 'agree')) = ${filter.finding === 'positive' ? 1 : 0}`]),
    ...(filter.realCine ? [REAL_CINE] : []),
  ]
  type Row = Omit<CandidateRow, 'realCine' | 'positive'> & { realCine: number; positive: number }
  return statement<Row>(
    db,
    `SELECT recording.id AS recordingId, patient.number AS patient, recording.recorded_date AS recordedDate, patient.sex,
       patient.birth_date AS birthDate, ${REAL_CINE} AS realCine, positive_cm AS positive, agreement
     FROM screening
       JOIN recording ON recording.id = screening.recording_id
       JOIN patient ON patient.id = recording.patient_id
       JOIN review ON review.number = (SELECT max(number) FROM review AS newest WHERE newest.screening_id = screening.id)
     WHERE screening.number = (SELECT max(number) FROM screening AS newest WHERE newest.recording_id = recording.id)
       AND ${wanted.join(' AND ')}
     ORDER BY screening.number DESC LIMIT ${MOST_ROWS}`,
  )
    .all({
      ...(filter.recordedFrom !== null && { recordedFrom: filter.recordedFrom }),
      ...(filter.recordedTo !== null && { recordedTo: filter.recordedTo }),
      ...(filter.sex !== 'any' && { sex: filter.sex }),
    })
    .map((row) => ({ ...row, realCine: row.realCine === 1, positive: row.positive === 1 }))
}

const REAL_CINE = `EXISTS (SELECT 1 FROM attachment WHERE attachment.recording_id = recording.id AND kind = 'real-cine')`
