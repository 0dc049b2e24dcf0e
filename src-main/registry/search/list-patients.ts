import { AppError, type PatientRow } from '../../../src-preload/contract/index.ts'
import { statement, type ReadableDb } from '../database.ts'
import { pageOf } from '../lists/page-of.ts'
import { tally } from '../lists/tally.ts'
import { MOST_FOUND, searchPatients, type Finding } from './search-patients.ts'

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

export interface PatientPage {
  readonly total: number
  /** More match than `total`, which is where a search stops counting. */
  readonly more: boolean
  readonly rows: PatientRow[]
}

type StoredRow = Omit<PatientRow, 'positive'> & { positive: number }

/** What an index begins with, so that any place of a long list is reached without sorting it. */
const keys: Readonly<Record<PatientOrder, string>> = {
  newest: 'number',
  localId: 'local_id',
  birthDate: `coalesce(birth_date, '')`,
}

const COLUMNS = `patient.id, patient.local_id AS localId, patient.name, patient.sex, patient.birth_date AS birthDate,
  (SELECT count(*) FROM recording WHERE patient_id = patient.id) AS recordingCount,
  (SELECT max(recorded_at) FROM recording WHERE patient_id = patient.id) AS lastRecordedAt,
  EXISTS (SELECT 1 FROM recording JOIN screening ON screening.recording_id = recording.id
    WHERE recording.patient_id = patient.id
      AND (positive_cad = 1 OR positive_hf = 1 OR positive_cm = 1 OR positive_ph = 1)) AS positive`

const BY_NUMBER = `SELECT ${COLUMNS} FROM patient WHERE number = ?`

/**
 * One page of the patients that match, and how many match. Merged ones are left out. A search that finds more than
 * `MOST_FOUND` shows the newest of them, whatever the order: whoever looks for somebody types more.
 */
export function listPatients(db: ReadableDb, list: PatientList): PatientPage {
  const typed = list.text.trim()
  if (typed !== '') return searched(db, list, typed)
  const { finding, order, descending, offset, limit } = list
  const where = 'merged_into IS NULL'
  if (finding === null) {
    const whole = { table: 'patient', where, bound: {}, key: keys[order], descending }
    return { total: tally(db, 'patients'), more: false, rows: rowsOf(db, pageOf(db, whole, offset, limit)) }
  }
  const bound = { finding }
  const found =
    order === 'newest'
      ? { table: 'patient_finding', where: 'finding = @finding', bound, key: keys[order], descending }
      : {
          table: 'patient',
          where: `${where} AND EXISTS (SELECT 1 FROM patient_finding WHERE finding = @finding AND number = patient.number)`,
          bound,
          key: keys[order],
          descending,
        }
  return { total: tally(db, finding), more: false, rows: rowsOf(db, pageOf(db, found, offset, limit)) }
}

/** One patient as the list shows it; a merged one too. */
export function patientRow(db: ReadableDb, id: string): PatientRow {
  const row = statement<StoredRow>(db, `SELECT ${COLUMNS} FROM patient WHERE id = ?`).get(id)
  if (!row) throw new AppError('patient/unknown', 'This patient is not in the registry.')
  return toRow(row)
}

function searched(db: ReadableDb, list: PatientList, typed: string): PatientPage {
  const { order, descending, offset, limit } = list
  const numbers = searchPatients(db, typed, list.finding, MOST_FOUND + 1)
  const more = numbers.length > MOST_FOUND
  const found = more ? numbers.slice(0, MOST_FOUND) : order === 'newest' ? numbers : sorted(db, numbers, order)
  // They come newest first; of too many, no other order could be told.
  const listed = (more ? descending || order !== 'newest' : descending) ? found : found.toReversed()
  return { total: found.length, more, rows: rowsOf(db, listed.slice(offset, offset + limit)) }
}

/** Few numbers in the descending order of a key, as the index has it. */
function sorted(db: ReadableDb, numbers: readonly number[], order: PatientOrder): number[] {
  const key = statement<{ key: string }>(db, `SELECT ${keys[order]} AS key FROM patient WHERE number = ?`)
  const keyed = numbers.map((number) => ({ number, key: key.get(number)!.key }))
  return keyed
    .sort((one, other) => (one.key === other.key ? other.number - one.number : one.key < other.key ? 1 : -1))
    .map(({ number }) => number)
}

function rowsOf(db: ReadableDb, numbers: readonly number[]): PatientRow[] {
  const row = statement<StoredRow>(db, BY_NUMBER)
  return numbers.map((number) => toRow(row.get(number)!))
}

/** The row itself, for a page has a hundred of them. */
const toRow = (row: StoredRow): PatientRow => Object.assign(row, { positive: row.positive === 1 })
