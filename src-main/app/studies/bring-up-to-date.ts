import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CodedSentence } from '../../../src-preload/contract/coded-sentence.ts'
import type { TakenPackage } from '../../../src-preload/contract/study-packages.ts'
import { beyond, linesPart, readUnderAnother, versionsPart } from '../../reader-study/exchange/conflicts.ts'
import { changedMeaning, versionHashes } from '../../reader-study/protocol/amend.ts'
import { submittedAt } from '../../reader-study/reading/washout.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { addLogEntry, listLog } from '../../registry/studies/study-log.ts'
import { listReaders } from '../../registry/studies/study-plan.ts'
import { addProtocolVersion, getStudy, protocolVersions } from '../../registry/studies/studies.ts'
import type { StudyPackage } from './study-package.ts'

/**
 * A package of a study that is on this computer already: an amendment on its way to a reader. Its versions of the protocol
 * and its signed lines are added behind those that are here; what was answered here stays as it is. Versions that part, or
 * that change the questions of reads made here, take nothing over; lines that part leave the lines of this computer.
 *
 * @throws AppError `study/known` where the study was locked here or belongs to somebody else here
 */
export function bringUpToDate(access: WorkspaceAccess, content: StudyPackage): TakenPackage {
  const registry = access.registry()
  const { readerId, protocols, commitment } = content
  const { id: studyId, ...study } = getStudy(registry.db, protocols[0]!.studyId)
  const mine = listReaders(registry.db, studyId).find((one) => one.personId === access.actor().id)
  const same = mine?.readerId === readerId && mine.publicKey === content.publicKey
  if (study.sealed || !same || study.commitment?.sha256 !== commitment.sha256)
    throw new AppError('study/known', 'This study is on this computer already, and not as the one of this package.')
  if (study.state !== 'reading')
    throw new AppError('study/closed', 'The data of this study are locked; nothing more is read.')
  const versions = protocolVersions(registry.db, studyId)
  const hashesHere = versionHashes(versions, commitment)
  const hashesThere = versionHashes(protocols, commitment)
  const newer = beyond(hashesHere, hashesThere, (hash) => hash)
  const log = listLog(registry.db, studyId, readerId)
  const lines = beyond(log, content.log, ({ hash }) => hash)
  const now = protocols.at(-1)!
  const taken = (parts: Pick<TakenPackage, 'versions' | 'lines' | 'conflicts'>): TakenPackage => ({
    studyId,
    title: protocolVersions(registry.db, studyId).at(-1)!.title,
    known: true,
    ...parts,
  })
  const nothing = (conflict: CodedSentence): TakenPackage => taken({ versions: 0, lines: 0, conflicts: [conflict] })
  if (newer.parting !== null) return nothing(versionsPart(newer.parting + 1))
  const here = versions.at(-1)!
  if (newer.fresh.length > 0 && submittedAt(log).size > 0 && changedMeaning(here, now) !== null)
    return nothing(readUnderAnother(readerId, { read: here.version, now: now.version }))
  const fresh = protocols.slice(versions.length)
  if (fresh.length > 0 || lines.fresh.length > 0) {
    registry.change(access.actor(), (change) => {
      for (const protocol of fresh) addProtocolVersion(change, protocol, hashesThere[protocol.version - 1]!)
      for (const entry of lines.fresh) addLogEntry(change, entry)
      const after = { versions: fresh.length, lines: lines.fresh.length }
      change.audit({ action: 'study:update-package', kind: 'study', id: studyId, after })
    })
  }
  const { parting } = lines
  return taken({
    versions: fresh.length,
    lines: lines.fresh.length,
    conflicts: parting === null ? [] : [linesPart(readerId, parting, log, content.log)],
  })
}
