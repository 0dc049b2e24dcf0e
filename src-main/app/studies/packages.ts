import { randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import type { MergedAnswers, TakenPackage } from '../../../src-preload/contract/study-packages.ts'
import { open, seal, stretch } from '../../reader-study/allocation/seal.ts'
import { beyond, linesPart, readUnderAnother } from '../../reader-study/exchange/conflicts.ts'
import { changedMeaning, versionHashes } from '../../reader-study/protocol/amend.ts'
import { hashOf } from '../../reader-study/protocol/canonical-json.ts'
import { brokenAt, isSigned, LogEntry, signText } from '../../reader-study/reading/log.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { addLogEntry, listLog } from '../../registry/studies/study-log.ts'
import {
  addItems,
  addPlan,
  addReaders,
  getItem,
  listPlan,
  listReaders,
  readersOfPerson,
} from '../../registry/studies/study-plan.ts'
import {
  addGuestStudy,
  addProtocolVersion,
  getStudy,
  listStudies,
  protocolVersions,
} from '../../registry/studies/studies.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import { StudyPackage } from './study-package.ts'

const MOST_UNPACKED_BYTES = 2 ** 30

const Outer = z.strictObject({
  format: z.literal('cardionets-study-package/1'),
  salt: z.string(),
  box: z.strictObject({ nonce: z.string(), text: z.string(), tag: z.string() }),
})

const AnswerPackage = z.strictObject({
  format: z.literal('cardionets-answer-package/1'),
  studyId: z.uuid(),
  readerId: z.int(),
  log: z.array(LogEntry),
  signature: z.string(),
})

/** For one reader, closed with a passphrase that travels another way. */
export function exportPackage(
  access: WorkspaceAccess,
  studyId: string,
  readerId: number,
  passphrase: string,
): Uint8Array {
  const registry = access.registry()
  const study = getStudy(registry.db, studyId)
  const reader = listReaders(registry.db, studyId).find((one) => one.readerId === readerId)
  if (study.state !== 'reading' || !study.commitment || !reader?.privateKey)
    throw new AppError('study/not-reading', 'Only a study that is being read goes out to its readers.')
  const plan = listPlan(registry.db, studyId, readerId)
  const content: StudyPackage = {
    format: 'cardionets-study-package/1',
    protocols: protocolVersions(registry.db, studyId),
    commitment: study.commitment,
    readerId,
    privateKey: reader.privateKey,
    publicKey: reader.publicKey,
    plan,
    items: [...new Set(plan.map((read) => read.itemId))].map((itemId) => {
      const { blobId, cycleMs } = getItem(registry.db, studyId, itemId)
      return { itemId, cycleMs, bytes: Buffer.from(registry.blobs.get(blobId)).toString('base64') }
    }),
    log: listLog(registry.db, studyId, readerId),
  }
  const salt = randomBytes(16)
  const box = seal(stretch(passphrase, salt), gzipSync(JSON.stringify(content)), 'study-package')
  registry.change(access.actor(), (change) =>
    change.audit({ action: 'study:export-package', kind: 'study', id: studyId, after: { readerId } }),
  )
  return Buffer.from(JSON.stringify({ format: content.format, salt: salt.toString('base64'), box }))
}

/**
 * Opens a package for the person who is signed in, who is its reader from now on. Where the study is here already, it is
 * brought up to date: versions of the protocol and signed lines are added behind those that are here, and no answer of
 * this computer is touched.
 *
 * @throws AppError `study/package-unreadable`, `study/wrong-passphrase`, `study/log-broken`, `study/known`
 */
export function importPackage(access: WorkspaceAccess, file: Uint8Array, passphrase: string): TakenPackage {
  const outer = parse(Outer, file)
  const refusal = new AppError(
    'study/wrong-passphrase',
    'The passphrase does not open this package, or it was changed on its way.',
  )
  const inner = open(stretch(passphrase, Buffer.from(outer.salt, 'base64')), outer.box, 'study-package', refusal)
  const content = parse(StudyPackage, gunzipSync(inner, { maxOutputLength: MOST_UNPACKED_BYTES }))
  const broken = brokenAt(content.log, content.publicKey)
  if (broken) throw new AppError('study/log-broken', broken)
  const { studyId } = content.protocols[0]!
  const known = listStudies(access.registry().db).some((one) => one.id === studyId)
  return known ? bringUpToDate(access, content) : takeWhole(access, content)
}

function takeWhole(access: WorkspaceAccess, content: StudyPackage): TakenPackage {
  const { readerId, privateKey, publicKey, plan, items, log, protocols, commitment } = content
  const { studyId } = protocols[0]!
  const registry = access.registry()
  const hashes = versionHashes(protocols, commitment)
  const stored = items.map(({ itemId, cycleMs, bytes }) => ({
    itemId,
    cycleMs,
    blob: registry.blobs.put(Buffer.from(bytes, 'base64')),
  }))
  registry.change(access.actor(), (change) => {
    addGuestStudy(change, studyId, commitment)
    for (const [index, protocol] of protocols.entries()) addProtocolVersion(change, protocol, hashes[index]!)
    addItems(change, studyId, stored)
    addPlan(change, studyId, plan)
    addReaders(change, studyId, [{ readerId, personId: access.actor().id, privateKey, publicKey }])
    for (const entry of log) addLogEntry(change, entry)
  })
  const { title } = protocols.at(-1)!
  return {
    studyId: studyId as StudyId,
    title,
    known: false,
    versions: protocols.length,
    lines: log.length,
    conflicts: [],
  }
}

/** The signed log of the person who is signed in, to be carried back. It holds answers, and goes to the coordinator only. */
export function exportAnswers(access: WorkspaceAccess, studyId: string): { readerId: number; bytes: Uint8Array } {
  const { db } = access.registry()
  const mine = readersOfPerson(db, access.actor().id).find((one) => one.studyId === studyId)
  const reader = mine && listReaders(db, studyId).find((one) => one.readerId === mine.readerId)
  if (!reader?.privateKey) throw new AppError('study/not-yours', 'You are not a reader of this study.')
  const { readerId } = reader
  const log = listLog(db, studyId, readerId)
  const signature = signText(hashOf({ studyId, readerId, log }), reader.privateKey)
  const content = { format: 'cardionets-answer-package/1', studyId, readerId, log, signature }
  return { readerId, bytes: Uint8Array.from(Buffer.from(JSON.stringify(content))) }
}

/**
 * Takes up a reader's log that was kept elsewhere. Lines are added only behind those that are here: where both went on
 * from the same line with different ones, nothing is merged and the first such line is named; neither are reads that
 * were made under questions which an amendment has changed since.
 *
 * @throws AppError `study/package-unreadable`, `study/log-broken`, `study/other-study`
 */
export function mergeAnswers(access: WorkspaceAccess, studyId: string, file: Uint8Array): MergedAnswers {
  const { signature, ...content } = parse(AnswerPackage, file)
  const { readerId, log } = content
  if (content.studyId !== studyId) throw new AppError('study/other-study', 'These answers belong to another study.')
  const registry = access.registry()
  if (getStudy(registry.db, studyId).state !== 'reading')
    throw new AppError('study/closed', 'The data of this study are locked; no answers are taken any more.')
  const reader = listReaders(registry.db, studyId).find((one) => one.readerId === readerId)
  const signed = reader && isSigned(hashOf({ studyId, readerId, log }), signature, reader.publicKey)
  if (!signed)
    throw new AppError('study/log-broken', 'The signature is not of this study’s reader, or the file was changed.')
  const broken = brokenAt(log, reader.publicKey)
  if (broken) throw new AppError('study/log-broken', broken)
  const here = listLog(registry.db, studyId, readerId)
  const { fresh, parting } = beyond(here, log, ({ hash }) => hash)
  if (parting !== null) return { readerId, added: 0, conflict: linesPart(readerId, parting, here, log) }
  const versions = protocolVersions(registry.db, studyId)
  const now = versions.at(-1)!
  for (const { body } of fresh) {
    if (body.kind !== 'submitted') continue
    const read = versions[body.version - 1]
    if (!read || changedMeaning(read, now) !== null)
      return {
        readerId,
        added: 0,
        conflict: readUnderAnother(readerId, { read: body.version, now: now.version }),
      }
  }
  if (fresh.length > 0) {
    registry.change(access.actor(), (change) => {
      for (const entry of fresh) addLogEntry(change, entry)
      change.audit({
        action: 'study:merge-answers',
        kind: 'study',
        id: studyId,
        after: { readerId, added: fresh.length },
      })
    })
  }
  return { readerId, added: fresh.length, conflict: null }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (cause) {
    throw new AppError(
      'study/package-unreadable',
      'This file is not what is asked for here, or is of another version. Readers open what the coordinator’s board ' +
        'wrote (….cardionets-study); the board takes in what “Take my answers along” wrote (….cardionets-answers).',
      { cause },
    )
  }
}
