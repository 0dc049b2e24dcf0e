import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { PictureProbe } from '../../../src-preload/contract/picture-probes.ts'
import { AllocatedRead } from '../../reader-study/allocation/allocate.ts'
import { openEnvelope, openSecrets } from '../../reader-study/allocation/seal.ts'
import { CaseTruth, type StudyRecord } from '../../reader-study/bundle/study-record.ts'
import { appendEntry, logEnds } from '../../reader-study/reading/log.ts'
import { auditOfStudy } from '../../registry/studies/study-audit.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { addLogEntry, listLog } from '../../registry/studies/study-log.ts'
import { listReaders } from '../../registry/studies/study-plan.ts'
import { getStudy, lockData, protocolVersions, storeOpened } from '../../registry/studies/studies.ts'

const Secrets = z.strictObject({
  truth: z.array(CaseTruth),
  reads: z.array(AllocatedRead),
  pictureProbes: z.array(PictureProbe),
  seed: z.string(),
})

const Envelope = z.strictObject({
  caseId: z.int(),
  truth: z.int(),
  subtype: z.string().nullable(),
  reads: z.array(AllocatedRead.pick({ readerId: true, stageId: true, arm: true })),
})

/** A stage before its time, for one reader: a signed line with name and reason, marked in every export. */
export function openEarly(
  access: WorkspaceAccess,
  runId: string,
  studyId: string,
  readerId: number,
  stageId: string,
  reason: string,
): void {
  const registry = access.registry()
  const reader = listReaders(registry.db, studyId).find((one) => one.readerId === readerId)
  if (!reader?.privateKey) throw new AppError('study/not-here', 'This reader’s log is not kept on this computer.')
  const log = listLog(registry.db, studyId, readerId)
  const moment = { wallMs: access.environment.now().utcMs, monotonicMs: access.environment.monotonicMs(), runId }
  const body = { kind: 'opened-early' as const, stageId, by: access.actor().name, reason }
  const entry = appendEntry(log.at(-1) ?? null, { studyId, readerId, moment, body }, { privateKey: reader.privateKey })
  registry.change(access.actor(), (change) => addLogEntry(change, entry))
}

/** After this no answer is taken any more. */
export function lockAnswers(access: WorkspaceAccess, studyId: string, reason: string): void {
  const registry = access.registry()
  if (getStudy(registry.db, studyId).state !== 'reading')
    throw new AppError('study/not-reading', 'Only a study that is being read has data to lock.')
  registry.change(access.actor(), (change) => {
    const readerIds = listReaders(change.db, studyId).map((one) => one.readerId)
    const log = readerIds.flatMap((readerId) => listLog(change.db, studyId, readerId))
    lockData(change, studyId, reason, logEnds(readerIds, log))
  })
}

/** Two people open the seal of a study whose data are locked. @throws AppError as `openSecrets` */
export function unblind(access: WorkspaceAccess, studyId: string, passphrases: readonly [string, string]): void {
  const registry = access.registry()
  const { sealed, state } = getStudy(registry.db, studyId)
  if (!sealed) throw new AppError('study/not-locked', 'This study has no seal on this computer.')
  const secrets = Secrets.parse(JSON.parse(openSecrets(sealed, passphrases, { dataLocked: state === 'data-locked' })))
  registry.change(access.actor(), (change) => storeOpened(change, studyId, secrets))
}

/** One case in an emergency. The entry of the trail is on the disk before the envelope is opened. */
export function emergency(
  access: WorkspaceAccess,
  studyId: string,
  caseId: number,
  passphrase: string,
  reason: string,
) {
  const registry = access.registry()
  const { sealed } = getStudy(registry.db, studyId)
  if (!sealed) throw new AppError('study/not-locked', 'This study has no seal on this computer.')
  registry.change(access.actor(), (change) =>
    change.audit({ action: 'study:open-envelope', kind: 'study', id: studyId, after: { caseId }, reason }),
  )
  return Envelope.parse(JSON.parse(openEnvelope(sealed, caseId, passphrase)))
}

/** Everything of an unblinded study. @throws AppError `study/blinded` before two people opened it */
export function studyRecord(access: WorkspaceAccess, studyId: string): StudyRecord {
  const { db } = access.registry()
  const study = getStudy(db, studyId)
  if (study.state !== 'unblinded' || !study.commitment)
    throw new AppError(
      'study/blinded',
      'The study is still blinded: lock its data, then two people open the allocation.',
    )
  const { truth, reads, pictureProbes, seed } = Secrets.parse(study.opened)
  const readers = listReaders(db, studyId)
  return {
    protocols: protocolVersions(db, studyId),
    commitment: study.commitment,
    seed,
    reads,
    truth,
    pictureProbes,
    readerKeys: readers.map(({ readerId, publicKey }) => ({ readerId, publicKey })),
    log: readers.flatMap(({ readerId }) => listLog(db, studyId, readerId)),
    audit: auditOfStudy(db, studyId).map((entry) => ({ ...entry })),
  }
}
