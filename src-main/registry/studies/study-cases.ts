import type { CaseTruth } from '../../reader-study/bundle/study-record.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { recordBlobs } from '../tables/recordings.ts'

/** A case of a draft, in the study's form. */
export interface PreparedCase {
  truth: CaseTruth
  ecg: StoredBlob
  real: StoredBlob | null
  generated: StoredBlob | null
  cycleMs: number
}

export interface StoredCase {
  caseId: number
  truth: CaseTruth
  ecgBlob: string
  realBlob: string | null
  generatedBlob: string | null
  cycleMs: number
}

export function replaceCases(change: Change, studyId: string, cases: readonly PreparedCase[]): void {
  const { db, at } = change
  statement(db, 'DELETE FROM study_case WHERE study_id = ?').run(studyId)
  const insert = statement(
    db,
    `INSERT INTO study_case (study_id, case_id, truth_json, ecg_blob, real_blob, generated_blob, cycle_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { truth, ecg, real, generated, cycleMs } of cases) {
    recordBlobs(
      db,
      at.utcMs,
      [ecg, real, generated].filter((blob) => blob !== null),
    )
    insert.run(studyId, truth.caseId, JSON.stringify(truth), ecg.id, real?.id ?? null, generated?.id ?? null, cycleMs)
  }
  change.audit({ action: 'study:prepare-cases', kind: 'study', id: studyId, after: { cases: cases.length } })
}

export function listCases(db: ReadableDb, studyId: string): StoredCase[] {
  return statement<Omit<StoredCase, 'truth'> & { truthJson: string }>(
    db,
    `SELECT case_id AS caseId, truth_json AS truthJson, ecg_blob AS ecgBlob, real_blob AS realBlob,
       generated_blob AS generatedBlob, cycle_ms AS cycleMs FROM study_case WHERE study_id = ? ORDER BY case_id`,
  )
    .all(studyId)
    .map(({ truthJson, ...row }) => ({ ...row, truth: JSON.parse(truthJson) as CaseTruth }))
}
