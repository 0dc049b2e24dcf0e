import { AppError, type PatientRow } from '../../../src-preload/contract/index.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Finding } from './search-patients.ts'
import { matchQuery } from './match-query.ts'

export type PatientOrder = 'newest' | 'localId' | 'birthDate'

export interface PatientList {
  /** Any part of a name, its pinyin or initials, an id, a birth date; a whole ISO date also finds visits on it. */
  readonly text: string
  readonly finding: Finding | null
  readonly order: PatientOrder
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

type StoredRow = Omit<PatientRow, 'positive'> & { positive: number }

/** Orders that an index serves, so that any place of a long list is reached without sorting it. */
const orders: Readonly<Record<PatientOrder, string>> = {
  newest: 'patient.number',
  localId: 'patient.local_id',
  birthDate: 'patient.birth_date',
}

const COLUMNS = `patient.id, patient.local_id AS localId, patient.name, patient.sex, patient.birth_date AS birthDate,
  (SELECT count(*) FROM recording WHERE patient_id = patient.id) AS recordingCount,
  (SELECT max(recorded_at) FROM recording WHERE patient_id = patient.id) AS lastRecordedAt,
  EXISTS (SELECT 1 FROM recording JOIN screening ON screening.recording_id = recording.id
    WHERE recording.patient_id = patient.id
      AND (positive_cad = 1 OR positive_hf = 1 OR positive_cm = 1 OR positive_ph = 1)) AS positive`

const LISTED = 'patient.merged_into IS NULL'

const withFinding = (finding: Finding): string => `patient.id IN (
  SELECT recording.patient_id FROM screening JOIN recording ON recording.id = screening.recording_id
  WHERE screening.positive_${finding} = 1)`

/** One page of the patients that match, and how many match in all. Merged ones are left out. */
export function listPatients(db: ReadableDb, list: PatientList): { total: number; rows: PatientRow[] } {
  const { where, bound } = conditions(list)
  const direction = list.descending ? 'DESC' : 'ASC'
  const rows = statement<StoredRow>(
    db,
    `SELECT ${COLUMNS} FROM patient WHERE ${where}
     ORDER BY ${orders[list.order]} ${direction}, patient.number ${direction} LIMIT @limit OFFSET @offset`,
  ).all({ ...bound, limit: list.limit, offset: list.offset })
  const { total } = statement<{ total: number }>(db, `SELECT count(*) AS total FROM patient WHERE ${where}`).get(bound)!
  return { total, rows: rows.map(toRow) }
}

/** One patient as the list shows it; a merged one too. */
export function patientRow(db: ReadableDb, id: string): PatientRow {
  const row = statement<StoredRow>(db, `SELECT ${COLUMNS} FROM patient WHERE id = ?`).get(id)
  if (!row) throw new AppError('patient/unknown', 'This patient is not in the registry.')
  return toRow(row)
}

const toRow = (row: StoredRow): PatientRow => ({ ...row, positive: row.positive === 1 })

function conditions({ text, finding }: PatientList): { where: string; bound: Record<string, string> } {
  const typed = text.trim()
  const listed = finding === null ? LISTED : `${LISTED} AND ${withFinding(finding)}`
  if (typed === '') return { where: listed, bound: {} }
  const match = matchQuery(typed)
  const found = match === null ? '0' : 'number IN (SELECT rowid FROM patient_search WHERE patient_search MATCH @match)'
  const visited = /^\d{4}-\d{2}-\d{2}$/.test(typed)
    ? 'OR patient.id IN (SELECT patient_id FROM recording WHERE recorded_date = @date)'
    : ''
  return {
    where: `${listed} AND (${found} ${visited})`,
    bound: { ...(match !== null && { match }), ...(visited !== '' && { date: typed }) },
  }
}
