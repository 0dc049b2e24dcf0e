import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import type { PatientLabel, RecordingId, WorkFilter, WorkRow, WorkState } from '../../../src-preload/contract/index.ts'
import { NOT_RELIABLE } from '../../../src-preload/contract/findings/not-reliable.ts'
import type { DiseaseResult } from '../../../src-preload/contract/screening.ts'
import { statement, type ReadableDb } from '../database.ts'
import { pageOf, type OrderedList } from '../lists/page-of.ts'
import { tally, type TallyName } from '../lists/tally.ts'
import { isAltered } from '../tables/review-proof.ts'
import { TODAY, workConditions, type Today } from './work-conditions.ts'

export type WorkOrder = 'importedAt' | 'recordedAt' | 'patient' | 'state' | 'risk'

export interface WorkQuery {
  readonly filter: WorkFilter
  readonly order: WorkOrder
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** Columns of `work` that an index begins with; what is not known is empty, and comes last in descending order. */
const keys: Readonly<Record<WorkOrder, string>> = {
  importedAt: 'number',
  recordedAt: 'recorded_at',
  patient: 'patient_name',
  state: 'state',
  risk: 'positive',
}

interface Row {
  id: string
  file: string | null
  patientId: string | null
  localId: string
  name: string
  sex: PatientLabel['sex']
  birthDate: string | null
  summary: string
  recordedAt: string | null
  importedMs: number
  refusalCode: string | null
  refusalMessage: string | null
  diseases: string | null
  marks: string | null
  screeningId: string | null
  reviewed: 0 | 1
  state: WorkState
}

const COLUMNS = `recording.id AS id,
  (SELECT file_name FROM recording_source WHERE recording_id = recording.id ORDER BY id LIMIT 1) AS file,
  patient.id AS patientId, patient.local_id AS localId, patient.name AS name, patient.sex AS sex,
  patient.birth_date AS birthDate, recording.summary_json AS summary, recording.recorded_at AS recordedAt,
  recording.imported_ms AS importedMs, recording.refusal_code AS refusalCode,
  recording.refusal_message AS refusalMessage, json_extract(screening.result_json, '$.diseases') AS diseases,
  json_extract(screening.result_json, '$.marks') AS marks,
  screening.id AS screeningId, EXISTS (SELECT 1 FROM review WHERE review.screening_id = screening.id) AS reviewed,
  work.state AS state`

const ROW = `SELECT ${COLUMNS} FROM work JOIN recording ON recording.number = work.number
  LEFT JOIN patient ON patient.id = recording.patient_id LEFT JOIN screening ON screening.number = work.screening
  WHERE work.number = ?`

/** One page of the work list, from `offset` on. A word that somebody changed behind the application is not repeated. */
export function listWork(db: ReadableDb, query: WorkQuery, today: Today): WorkRow[] {
  const { descending, offset, limit } = query
  const list: OrderedList = {
    table: 'work',
    ...workConditions(query.filter, today),
    key: keys[query.order],
    descending,
  }
  const row = statement<Row>(db, ROW)
  return pageOf(db, list, offset, limit).map((number) => toWorkRow(db, row.get(number)!))
}

export function countWork(db: ReadableDb, filter: WorkFilter, today: Today): number {
  const name = tallyOf(filter)
  if (name) return tally(db, name)
  const { where, bound } = workConditions(filter, today)
  return statement<{ count: number }>(db, `SELECT count(*) AS count FROM work WHERE ${where}`).get(bound)!.count
}

/** The count that is kept of a filter, if one is. */
function tallyOf({ text, today, unassigned, positive, states }: WorkFilter): TallyName | null {
  if (text.trim() !== '' || today) return null
  const [state, ...others] = states
  const wanted: (TallyName | undefined)[] = [state, unassigned ? 'unassigned' : undefined, positive ? 'positive' : undefined] // prettier-ignore
  const [name = 'recordings', second] = wanted.filter((one) => one !== undefined)
  return second === undefined && others.length === 0 ? name : null
}

/** Of this filter, what can be screened and is not; oldest first. */
export function listUnscreened(db: ReadableDb, filter: WorkFilter, today: Today): RecordingId[] {
  const { where, bound } = workConditions(filter, today)
  return statement<{ id: string }>(
    db,
    `SELECT (SELECT id FROM recording WHERE recording.number = work.number) AS id FROM work
     WHERE state = 'unscreened' AND ${where} ORDER BY number`,
  )
    .all(bound)
    .map(({ id }) => id as RecordingId)
}

export interface WorkCounts {
  all: number
  today: number
  unassigned: number
  unscreened: number
  waiting: number
  positive: number
  refused: number
}

/** How many there are of each kind: kept counts, and the present day from its indexes. */
export function countKinds(db: ReadableDb, today: Today): WorkCounts {
  const ofToday = statement<{ count: number }>(db, `SELECT count(*) AS count FROM (${TODAY})`)
  return {
    all: tally(db, 'recordings'),
    today: ofToday.get({ todayDate: today.date, todayMs: today.startMs })!.count,
    unassigned: tally(db, 'unassigned'),
    unscreened: tally(db, 'unscreened'),
    waiting: tally(db, 'draft'),
    positive: tally(db, 'positive'),
    refused: tally(db, 'refused'),
  }
}

/** Whether marks, as JSON without spaces, hold one of these codes; their sentences are not worth parsing for it. */
const holdsNotReliable = (marks: string): boolean => NOT_RELIABLE_CODES.some((code) => marks.includes(code))
/** Within a string of JSON the quotes would be escaped, so that these are found as members only. */
const NOT_RELIABLE_CODES = [...NOT_RELIABLE].map((code) => `"code":${JSON.stringify(code)}`)

function toWorkRow(db: ReadableDb, row: Row): WorkRow {
  const summary = JSON.parse(row.summary) as EcgSummary
  const patient =
    row.patientId === null
      ? null
      : {
          id: row.patientId as PatientLabel['id'],
          localId: row.localId,
          name: row.name,
          sex: row.sex,
          birthDate: row.birthDate,
        }
  return {
    id: row.id as RecordingId,
    file: row.file ?? '',
    patient,
    fromFile: patient === null ? (summary.patient ?? null) : null,
    recordedAt: row.recordedAt,
    importedAt: new Date(row.importedMs).toISOString(),
    heartRateBpm: summary.heartRateBpm,
    quality: summary.quality ?? null,
    warnings: summary.warnings,
    refusal: row.refusalCode === null ? null : { code: row.refusalCode, message: row.refusalMessage ?? '' },
    diseases: row.diseases === null ? null : (JSON.parse(row.diseases) as DiseaseResult[]),
    doubtful: row.marks !== null && holdsNotReliable(row.marks),
    state: row.reviewed && isAltered(db, row.screeningId!) ? 'altered' : row.state,
  }
}
