import { AppError } from '../../../src-preload/contract/errors.ts'
import { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import type { StudyState } from '../../../src-preload/contract/study.ts'
import type { SealedSecrets } from '../../reader-study/allocation/seal.ts'
import type { Commitment } from '../../reader-study/protocol/lock.ts'
import type { LogEnd } from '../../reader-study/reading/log.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** A draft: the protocol as it stands, and who is to be which reader. */
export interface DraftContent {
  protocol: StudyProtocol
  readerAccounts: { readerId: number; personId: string }[]
}

export interface Study {
  id: StudyId
  state: StudyState
  draft: DraftContent | null
  commitment: Commitment | null
  sealed: SealedSecrets | null
  /** Truth, reads and seed, after two people opened them. */
  opened: unknown
  createdMs: number
}

interface Row {
  id: StudyId
  state: StudyState
  draftJson: string | null
  commitmentJson: string | null
  sealedJson: string | null
  openedJson: string | null
  createdMs: number
}

const SELECT = `SELECT id, state, draft_json AS draftJson, commitment_json AS commitmentJson,
  sealed_json AS sealedJson, opened_json AS openedJson, created_ms AS createdMs FROM study`

const parsed = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T))

function toStudy({ id, state, draftJson, commitmentJson, sealedJson, openedJson, createdMs }: Row): Study {
  return {
    id,
    state,
    draft: parsed(draftJson),
    commitment: parsed(commitmentJson),
    sealed: parsed(sealedJson),
    opened: parsed(openedJson),
    createdMs,
  }
}

/** Newest first. */
export function listStudies(db: ReadableDb): Study[] {
  return statement<Row>(db, `${SELECT} ORDER BY created_ms DESC`).all().map(toStudy)
}

/** @throws AppError `study/unknown` */
export function getStudy(db: ReadableDb, id: string): Study {
  const row = statement<Row>(db, `${SELECT} WHERE id = ?`).get(id)
  if (!row) throw new AppError('study/unknown', 'This study is not in the registry.')
  return toStudy(row)
}

/** All versions of a locked protocol; the last one holds. A draft has none yet. */
export function protocolVersions(db: ReadableDb, studyId: string): StudyProtocol[] {
  return statement<{ json: string }>(
    db,
    'SELECT protocol_json AS json FROM study_protocol WHERE study_id = ? ORDER BY version',
  )
    .all(studyId)
    .map(({ json }) => JSON.parse(json) as StudyProtocol)
}

/** The protocol that holds now, locked or not. */
export function protocolOf(db: ReadableDb, study: Study): StudyProtocol {
  return study.draft?.protocol ?? protocolVersions(db, study.id).at(-1)!
}

export function addStudy(change: Change, draft: DraftContent): void {
  const { studyId, title } = draft.protocol
  statement(change.db, `INSERT INTO study (id, state, draft_json, created_ms) VALUES (?, 'draft', ?, ?)`).run(
    studyId,
    JSON.stringify(draft),
    change.at.utcMs,
  )
  change.audit({ action: 'study:create', kind: 'study', id: studyId, after: { title } })
}

export function saveDraft(change: Change, draft: DraftContent): void {
  const { studyId } = draft.protocol
  statement(change.db, `UPDATE study SET draft_json = ? WHERE id = ? AND state = 'draft'`).run(
    JSON.stringify(draft),
    studyId,
  )
  change.audit({ action: 'study:save-draft', kind: 'study', id: studyId })
}

/** @param sha256  of this version and all before it, which the trail keeps */
export function addProtocolVersion(change: Change, protocol: StudyProtocol, sha256: string): void {
  const { studyId, version, amendmentReason } = protocol
  statement(change.db, 'INSERT INTO study_protocol (study_id, version, protocol_json, at_ms) VALUES (?, ?, ?, ?)').run(
    studyId,
    version,
    JSON.stringify(protocol),
    change.at.utcMs,
  )
  change.audit({
    action: 'study:protocol',
    kind: 'study',
    id: studyId,
    after: { version, sha256 },
    reason: amendmentReason,
  })
}

export function lockStudy(change: Change, id: string, commitment: Commitment, sealed: SealedSecrets): void {
  statement(
    change.db,
    `UPDATE study SET state = 'reading', draft_json = NULL, commitment_json = ?, sealed_json = ? WHERE id = ?`,
  ).run(JSON.stringify(commitment), JSON.stringify(sealed), id)
  // From here on no row tells which pictures belong to which case.
  statement(change.db, 'DELETE FROM study_case WHERE study_id = ?').run(id)
  change.audit({ action: 'study:lock', kind: 'study', id, after: { commitment: commitment.sha256 } })
}

/** A study that came as a package for one reader: it has no seal here, and can be neither opened nor analysed. */
export function addGuestStudy(change: Change, id: string, commitment: Commitment): void {
  statement(change.db, `INSERT INTO study (id, state, commitment_json, created_ms) VALUES (?, 'reading', ?, ?)`).run(
    id,
    JSON.stringify(commitment),
    change.at.utcMs,
  )
  change.audit({ action: 'study:import-package', kind: 'study', id, after: { commitment: commitment.sha256 } })
}

/** @param logs  where each reader's log ends: the trail keeps it, so that none is cut off afterwards */
export function lockData(change: Change, id: string, reason: string, logs: readonly LogEnd[]): void {
  statement(change.db, `UPDATE study SET state = 'data-locked' WHERE id = ? AND state = 'reading'`).run(id)
  change.audit({ action: 'study:lock-data', kind: 'study', id, after: { logs }, reason })
}

export function storeOpened(change: Change, id: string, opened: unknown): void {
  statement(change.db, `UPDATE study SET state = 'unblinded', opened_json = ? WHERE id = ?`).run(
    JSON.stringify(opened),
    id,
  )
  change.audit({ action: 'study:unblind', kind: 'study', id })
}
