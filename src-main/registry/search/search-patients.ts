import { statement, type ReadableDb } from '../database.ts'
import { PATIENT_COLUMNS, type Patient } from '../tables/patients.ts'
import { searchTokens, searchWords } from './search-tokens.ts'

export type Finding = 'cad' | 'hf' | 'cm' | 'ph'

export interface PatientQuery {
  /** Any part of a name, its pinyin or initials, an ID, a birth date. */
  readonly text?: string
  /** ISO dates. */
  readonly birthDate?: string
  readonly visitedOn?: string
  readonly finding?: Finding
  /** The `number` of the last row of the page before; null for the first page. */
  readonly before?: number | null
  readonly limit: number
}

/** A row of the patient list: the patient, and what the list says of the recordings. */
export interface PatientRow extends Patient {
  /** Where the next page goes on. */
  readonly number: number
  readonly recordings: number
  readonly lastRecordedAt: string | null
}

/** Up to this many matches are looked at one by one; of more, a page is full soon whichever way it is filled. */
const FEW = 2000

const ROW = `SELECT patient.number, ${PATIENT_COLUMNS},
  (SELECT count(*) FROM recording WHERE patient_id = patient.id) AS recordings,
  (SELECT max(recorded_at) FROM recording WHERE patient_id = patient.id) AS lastRecordedAt FROM patient`

/** One page of the patients that match all that is asked, newest first; merged ones are left out. */
export function searchPatients(db: ReadableDb, query: PatientQuery): PatientRow[] {
  const numbers = matchingNumbers(db, query)
  const row = statement<PatientRow>(db, `${ROW} WHERE number = ?`)
  return numbers.map((number) => row.get(number)!)
}

/** How many match, counted up to `FEW`; the list says "more than 2,000" beyond. */
export function countPatients(db: ReadableDb, query: Omit<PatientQuery, 'limit' | 'before'>): number {
  const isEverything = matchOf(query) === null && query.visitedOn === undefined && query.finding === undefined
  if (!isEverything) return matchingNumbers(db, { ...query, limit: FEW + 1 }).length
  return statement<{ count: number }>(
    db,
    `SELECT (SELECT count(*) FROM patient) - (SELECT count(*) FROM patient WHERE merged_into IS NOT NULL) AS count`,
  ).get()!.count
}

function matchingNumbers(db: ReadableDb, query: PatientQuery): number[] {
  const before = query.before ?? Number.MAX_SAFE_INTEGER
  const match = matchOf(query)
  if (query.visitedOn !== undefined) return among(db, visitorsOn(db, query.visitedOn), query, before)
  if (query.finding !== undefined) {
    const few = fewWithFinding(db, query.finding)
    if (few) return among(db, few, query, before)
  }
  const found = query.finding === undefined ? '' : `AND ${withFinding(query.finding)}`
  const source =
    match === null
      ? 'patient WHERE 1'
      : 'patient_search CROSS JOIN patient ON patient.number = patient_search.rowid WHERE patient_search MATCH @match AND patient_search.rowid < @before'
  const order = match === null ? 'patient.number' : 'patient_search.rowid'
  return statement<{ number: number }>(
    db,
    `SELECT patient.number FROM ${source} AND patient.number < @before AND patient.merged_into IS NULL ${found}
     ORDER BY ${order} DESC LIMIT @limit`,
  )
    .all({ before, limit: query.limit, ...(match !== null && { match }) })
    .map(({ number }) => number)
}

function wordsOf({ text = '', birthDate }: PatientQuery | Omit<PatientQuery, 'limit'>): string[] {
  return searchWords(birthDate === undefined ? text : `${text} ${birthDate}`)
}

/** @returns the full-text query; null where nothing is asked */
function matchOf(query: PatientQuery | Omit<PatientQuery, 'limit'>): string | null {
  const words = wordsOf(query)
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ')
}

interface Candidate {
  number: number
  localId: string
  name: string
  birthDate: string | null
}

/** Filters a short list of patients by the text as the index would. */
function among(db: ReadableDb, numbers: readonly number[], query: PatientQuery, before: number): number[] {
  const candidate = statement<Candidate>(
    db,
    `SELECT number, local_id AS localId, name, birth_date AS birthDate FROM patient
     WHERE number = @number AND merged_into IS NULL ${query.finding ? `AND ${withFinding(query.finding)}` : ''}`,
  )
  const wanted = wordsOf(query)
  const found: number[] = []
  for (const number of numbers.toSorted((one, other) => other - one)) {
    if (found.length === query.limit) break
    if (number >= before) continue
    const patient = candidate.get({ number })
    if (!patient) continue
    const tokens = searchTokens(patient).split(' ')
    if (wanted.every((word) => tokens.some((token) => token.startsWith(word)))) found.push(number)
  }
  return found
}

function visitorsOn(db: ReadableDb, date: string): number[] {
  return statement<{ number: number }>(
    db,
    `SELECT DISTINCT patient.number FROM recording JOIN patient ON patient.id = recording.patient_id
     WHERE recorded_date = ?`,
  )
    .all(date)
    .map(({ number }) => number)
}

/** @returns null where the finding is common */
function fewWithFinding(db: ReadableDb, finding: Finding): number[] | null {
  const rows = statement<{ number: number | null }>(
    db,
    `SELECT DISTINCT patient.number FROM (SELECT recording_id FROM screening WHERE positive_${finding} = 1 LIMIT ${FEW + 1})
       AS positive JOIN recording ON recording.id = positive.recording_id
     JOIN patient ON patient.id = recording.patient_id`,
  ).all()
  const screenings = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (SELECT 1 FROM screening WHERE positive_${finding} = 1 LIMIT ${FEW + 1})`,
  ).get()!
  return screenings.count > FEW ? null : rows.flatMap(({ number }) => (number === null ? [] : [number]))
}

const withFinding = (finding: Finding): string => `EXISTS (
  SELECT 1 FROM recording JOIN screening ON screening.recording_id = recording.id
  WHERE recording.patient_id = patient.id AND screening.positive_${finding} = 1)`
