import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Amendment, ProtocolVersion } from '../../../src-preload/contract/study-amendments.ts'
import { amend, protocolChanges, versionHashes } from '../../reader-study/protocol/amend.ts'
import { submittedAt } from '../../reader-study/reading/washout.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { auditOfStudy } from '../../registry/studies/study-audit.ts'
import { listLog } from '../../registry/studies/study-log.ts'
import { listReaders } from '../../registry/studies/study-plan.ts'
import { addProtocolVersion, getStudy, protocolVersions } from '../../registry/studies/studies.ts'

/** Adds a version to the protocol of a study that is being read. @throws AppError as `amend`, `study/not-reading` */
export function amendProtocol(access: WorkspaceAccess, studyId: string, changes: Amendment, reason: string): void {
  const registry = access.registry()
  const { state, commitment, sealed } = getStudy(registry.db, studyId)
  if (state !== 'reading' || !commitment || !sealed)
    throw new AppError('study/not-reading', 'Only a study that was locked here and is being read can be amended.')
  const versions = protocolVersions(registry.db, studyId)
  const started = listReaders(registry.db, studyId).some(
    ({ readerId }) => submittedAt(listLog(registry.db, studyId, readerId)).size > 0,
  )
  const next = amend(versions.at(-1)!, changes, { reason, started })
  const sha256 = versionHashes([...versions, next], commitment).at(-1)!
  registry.change(access.actor(), (change) => addProtocolVersion(change, next, sha256))
}

/** Every version of a locked protocol: when, by whom, why, its hash, and what it changed. */
export function listProtocolVersions(access: WorkspaceAccess, studyId: string): ProtocolVersion[] {
  const { db } = access.registry()
  const { commitment } = getStudy(db, studyId)
  if (!commitment) return []
  const versions = protocolVersions(db, studyId)
  const hashes = versionHashes(versions, commitment)
  const entries = auditOfStudy(db, studyId).filter((entry) => entry.action === 'study:protocol')
  return versions.map((protocol, index) => {
    const entry = entries[index]
    return {
      version: protocol.version,
      atMs: entry?.atMs ?? null,
      by: entry?.personName ?? '',
      reason: protocol.amendmentReason,
      sha256: hashes[index]!,
      changes: index === 0 ? [] : protocolChanges(versions[index - 1]!, protocol),
    }
  })
}
