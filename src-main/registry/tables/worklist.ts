import { statement, type ReadableDb } from '../database.ts'
import type { Finding } from '../search/search-patients.ts'
import type { ReviewState } from './reviews.ts'

/** The lists that the day begins with. */
export type WorklistKind = 'all' | 'unassigned' | 'to-review' | 'positive' | 'refused' | 'not-screened'

export interface WorklistQuery {
  readonly kind: WorklistKind
  /** Only what was imported from here on: the start of today for "today". */
  readonly importedFromMs?: number
  readonly importedToMs?: number
  readonly finding?: Finding
  readonly state?: ReviewState
  readonly patientId?: string
  /** The `number` of the last row of the page before; null for the first page. */
  readonly before?: number | null
  readonly limit: number
}

/** One recording with its patient and its newest screening. */
export interface WorklistRow {
  readonly number: number
  readonly recordingId: string
  readonly patientId: string | null
  readonly patientLocalId: string | null
  readonly patientName: string | null
  readonly recordedAt: string | null
  readonly importedMs: number
  readonly refusalCode: string | null
  readonly screeningId: string | null
  readonly screenedMs: number | null
  readonly positive: readonly Finding[]
  /** Null where there is no screening. */
  readonly state: ReviewState | null
}

type Row = Omit<WorklistRow, 'positive'> & Record<Finding, number | null>

const FINDINGS: readonly Finding[] = ['cad', 'hf', 'cm', 'ph']
const ANY_POSITIVE = '(positive_cad = 1 OR positive_hf = 1 OR positive_cm = 1 OR positive_ph = 1)'
const STATE = `CASE WHEN screening.id IS NULL THEN NULL ELSE coalesce(
  (SELECT state FROM review WHERE screening_id = screening.id ORDER BY number DESC LIMIT 1), 'draft') END`

const conditions: Record<WorklistKind, string> = {
  all: '1',
  unassigned: 'recording.patient_id IS NULL',
  'to-review': `screening.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review WHERE screening_id = screening.id)`,
  positive: ANY_POSITIVE,
  refused: 'recording.refusal_code IS NOT NULL',
  'not-screened': 'screening.id IS NULL AND recording.refusal_code IS NULL',
}

/** One page of recordings, newest import first. */
export function listWorklist(db: ReadableDb, query: WorklistQuery): WorklistRow[] {
  return statement<Row>(
    db,
    `SELECT recording.number, recording.id AS recordingId, patient.id AS patientId, patient.local_id AS patientLocalId,
       patient.name AS patientName, recording.recorded_at AS recordedAt, recording.imported_ms AS importedMs,
       recording.refusal_code AS refusalCode, screening.id AS screeningId, screening.screened_ms AS screenedMs,
       screening.positive_cad AS cad, screening.positive_hf AS hf, screening.positive_cm AS cm,
       screening.positive_ph AS ph, ${STATE} AS state
     ${from(query)} AND recording.number < @before ORDER BY recording.number DESC LIMIT @limit`,
  )
    .all({ ...bound(query), before: query.before ?? Number.MAX_SAFE_INTEGER, limit: query.limit })
    .map(({ cad, hf, cm, ph, ...row }) => {
      const flags = { cad, hf, cm, ph }
      return { ...row, positive: FINDINGS.filter((finding) => flags[finding] === 1) }
    })
}

/** How many the list has, counted up to `atMost`. */
export function countWorklist(db: ReadableDb, query: Omit<WorklistQuery, 'limit' | 'before'>, atMost = 1000): number {
  return statement<{ count: number }>(db, `SELECT count(*) AS count FROM (SELECT 1 ${from(query)} LIMIT @atMost)`).get({
    ...bound(query),
    atMost,
  })!.count
}

function from({ kind, finding, ...query }: Omit<WorklistQuery, 'limit'>): string {
  const wanted = [
    conditions[kind],
    ...(query.importedFromMs === undefined ? [] : ['recording.imported_ms >= @importedFromMs']),
    ...(query.importedToMs === undefined ? [] : ['recording.imported_ms < @importedToMs']),
    ...(query.patientId === undefined ? [] : ['recording.patient_id = @patientId']),
    ...(finding === undefined ? [] : [`screening.positive_${finding} = 1`]),
    ...(query.state === undefined ? [] : [`${STATE} = @state`]),
  ]
  return `FROM recording
    LEFT JOIN patient ON patient.id = recording.patient_id
    LEFT JOIN screening ON screening.number =
      (SELECT max(number) FROM screening AS newest WHERE newest.recording_id = recording.id)
    WHERE ${wanted.join(' AND ')}`
}

function bound({ importedFromMs, importedToMs, patientId, state }: Omit<WorklistQuery, 'limit'>) {
  return {
    ...(importedFromMs !== undefined && { importedFromMs }),
    ...(importedToMs !== undefined && { importedToMs }),
    ...(patientId !== undefined && { patientId }),
    ...(state !== undefined && { state }),
  }
}
