import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import type { PatientLabel, RecordingId, WorkFilter, WorkRow, WorkState } from '../../../src-preload/contract/index.ts'
import type { DiseaseResult } from '../../../src-preload/contract/screening.ts'
import { statement, type ReadableDb } from '../database.ts'
import {
  POSITIVE_COUNT,
  WORK_SOURCE,
  WORK_STATE,
  workConditions,
  type Today,
  type WorkConditions,
} from './work-conditions.ts'

export type WorkOrder = 'importedAt' | 'recordedAt' | 'patient' | 'state' | 'risk'

export interface WorkQuery {
  readonly filter: WorkFilter
  readonly order: WorkOrder
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

const orders: Readonly<Record<WorkOrder, string>> = {
  importedAt: 'recording.number',
  recordedAt: 'recording.recorded_at',
  patient: 'patient.name',
  state: WORK_STATE,
  risk: POSITIVE_COUNT,
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
  state: WorkState
}

const COLUMNS = `recording.id AS id,
  (SELECT file_name FROM recording_source WHERE recording_id = recording.id ORDER BY id LIMIT 1) AS file,
  patient.id AS patientId, patient.local_id AS localId, patient.name AS name, patient.sex AS sex,
  patient.birth_date AS birthDate, recording.summary_json AS summary, recording.recorded_at AS recordedAt,
  recording.imported_ms AS importedMs, recording.refusal_code AS refusalCode,
  recording.refusal_message AS refusalMessage, json_extract(screening.result_json, '$.diseases') AS diseases,
  ${WORK_STATE} AS state`

/** One page of the work list, from `offset` on. */
export function listWork(db: ReadableDb, query: WorkQuery, today: Today): WorkRow[] {
  const { where, bound } = workConditions(query.filter, today)
  const direction = query.descending ? 'DESC' : 'ASC'
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM ${WORK_SOURCE} WHERE ${where}
     ORDER BY ${orders[query.order]} ${direction} NULLS LAST, recording.number ${direction}
     LIMIT @limit OFFSET @offset`,
  )
    .all({ ...bound, limit: query.limit, offset: query.offset })
    .map(toWorkRow)
}

export function countWork(db: ReadableDb, filter: WorkFilter, today: Today): number {
  const conditions = workConditions(filter, today)
  return conditions.where === '1' ? countRecordings(db) : countWhere(db, conditions)
}

/** Of this filter, what can be screened and is not; oldest first. */
export function listUnscreened(db: ReadableDb, filter: WorkFilter, today: Today): RecordingId[] {
  const { where, bound } = workConditions(filter, today)
  return statement<{ id: string }>(
    db,
    `SELECT recording.id AS id FROM ${WORK_SOURCE}
     WHERE ${where} AND screening.id IS NULL AND recording.refusal_code IS NULL ORDER BY recording.number`,
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

/** How many there are of each kind, in one pass. */
export function countKinds(db: ReadableDb, today: Today): WorkCounts {
  return statement<WorkCounts>(
    db,
    `SELECT count(*) AS "all",
       count(*) FILTER (WHERE recorded_date = @date OR imported_ms >= @startMs) AS today,
       count(*) FILTER (WHERE patient_id IS NULL) AS unassigned,
       count(*) FILTER (WHERE state = 'unscreened') AS unscreened,
       count(*) FILTER (WHERE state = 'draft') AS waiting,
       count(*) FILTER (WHERE positive > 0) AS positive,
       count(*) FILTER (WHERE state = 'refused') AS refused
     FROM (SELECT recording.recorded_date, recording.imported_ms, recording.patient_id, ${WORK_STATE} AS state,
             ${POSITIVE_COUNT} AS positive FROM ${WORK_SOURCE})`,
  ).get({ date: today.date, startMs: today.startMs })!
}

function countRecordings(db: ReadableDb): number {
  return statement<{ count: number }>(db, 'SELECT count(*) AS count FROM recording').get()!.count
}

function countWhere(db: ReadableDb, { where, bound }: WorkConditions): number {
  return statement<{ count: number }>(db, `SELECT count(*) AS count FROM ${WORK_SOURCE} WHERE ${where}`).get(bound)!
    .count
}

function toWorkRow(row: Row): WorkRow {
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
    state: row.state,
  }
}
