import { randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { PlannedRead } from '../../reader-study/allocation/delivery-plan.ts'
import { open, seal, stretch } from '../../reader-study/allocation/seal.ts'
import { hashOf } from '../../reader-study/protocol/canonical-json.ts'
import { versionHashes } from '../../reader-study/protocol/amend.ts'
import { Commitment } from '../../reader-study/protocol/lock.ts'
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

const MOST_UNPACKED_BYTES = 2 ** 30

/** One reader's share of a study for another computer: no truth, no allocation, nothing of the other readers. */
const StudyPackage = z.strictObject({
  format: z.literal('cardionets-study-package/1'),
  protocols: z.array(StudyProtocol).min(1),
  commitment: Commitment,
  readerId: z.int(),
  privateKey: z.string(),
  publicKey: z.string(),
  plan: z.array(
    PlannedRead.extend({
      feedback: z.strictObject({ disease: z.enum(['yes', 'no']), subtype: z.string().nullable() }).nullable(),
    }),
  ),
  items: z.array(z.strictObject({ itemId: z.string(), cycleMs: z.number().positive(), bytes: z.string() })),
  log: z.array(LogEntry),
})

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
  const content: z.infer<typeof StudyPackage> = {
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

/** Opens a package for the person who is signed in, who is its reader from now on. */
export function importPackage(access: WorkspaceAccess, file: Uint8Array, passphrase: string): void {
  const outer = parse(Outer, file)
  const refusal = new AppError(
    'study/wrong-passphrase',
    'The passphrase does not open this package, or it was changed on its way.',
  )
  const inner = open(stretch(passphrase, Buffer.from(outer.salt, 'base64')), outer.box, 'study-package', refusal)
  const content = parse(StudyPackage, gunzipSync(inner, { maxOutputLength: MOST_UNPACKED_BYTES }))
  const { readerId, plan, items, log, protocols, commitment } = content
  const { studyId } = protocols[0]!
  const registry = access.registry()
  if (listStudies(registry.db).some((one) => one.id === studyId))
    throw new AppError('study/known', 'This study is on this computer already.')
  const broken = brokenAt(log, content.publicKey)
  if (broken) throw new AppError('study/log-broken', broken)
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
    const personId = access.actor().id
    addReaders(change, studyId, [{ readerId, personId, privateKey: content.privateKey, publicKey: content.publicKey }])
    for (const entry of log) addLogEntry(change, entry)
  })
}

/** The signed log of the person who is signed in, to be carried back. It holds answers, and goes to the coordinator only. */
export function exportAnswers(access: WorkspaceAccess, studyId: string): Uint8Array {
  const { db } = access.registry()
  const mine = readersOfPerson(db, access.actor().id).find((one) => one.studyId === studyId)
  const reader = mine && listReaders(db, studyId).find((one) => one.readerId === mine.readerId)
  if (!reader?.privateKey) throw new AppError('study/not-yours', 'You are not a reader of this study.')
  const { readerId } = reader
  const log = listLog(db, studyId, readerId)
  const signature = signText(hashOf({ studyId, readerId, log }), reader.privateKey)
  return Buffer.from(JSON.stringify({ format: 'cardionets-answer-package/1', studyId, readerId, log, signature }))
}

/**
 * Takes up a reader's log that was kept elsewhere. Lines are added only behind those that are here: where both went on
 * from the same line with different ones, nothing is merged and the first such line is named.
 *
 * @throws AppError `study/package-unreadable`, `study/log-broken`, `study/other-study`
 */
export function mergeAnswers(access: WorkspaceAccess, studyId: string, file: Uint8Array) {
  const { signature, ...content } = parse(AnswerPackage, file)
  const { readerId, log } = content
  if (content.studyId !== studyId) throw new AppError('study/other-study', 'These answers belong to another study.')
  const registry = access.registry()
  const reader = listReaders(registry.db, studyId).find((one) => one.readerId === readerId)
  const signed = reader && isSigned(hashOf({ studyId, readerId, log }), signature, reader.publicKey)
  if (!signed)
    throw new AppError('study/log-broken', 'The signature is not of this study’s reader, or the file was changed.')
  const broken = brokenAt(log, reader.publicKey)
  if (broken) throw new AppError('study/log-broken', broken)
  const here = listLog(registry.db, studyId, readerId)
  const parting = here.findIndex((entry, index) => log[index] !== undefined && log[index].hash !== entry.hash)
  if (parting !== -1) {
    const conflict =
      `Line ${parting + 1} of reader ${readerId} is ${here[parting]!.body.kind} here and ${log[parting]!.body.kind} in the file: ` +
      'the reader went on in both places. Nothing was merged.'
    return { readerId, added: 0, conflict }
  }
  const fresh = log.slice(here.length)
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
    throw new AppError('study/package-unreadable', 'This file is no package of a reader study of this version.', {
      cause,
    })
  }
}
