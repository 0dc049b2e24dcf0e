import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { hashOf } from '../protocol/canonical-json.ts'
import { Answers } from './answers.ts'

/** A moment as the computer shows it: the wall clock, and the clock of this run, which nobody can set. */
export const Moment = z.strictObject({
  /** Milliseconds since 1970, UTC. */
  wallMs: z.number(),
  /** Milliseconds since this run began. */
  monotonicMs: z.number().min(0),
  /** Names the run of the application. */
  runId: z.string(),
})
export type Moment = z.infer<typeof Moment>

const readId = z.string()

export const LogBody = z.discriminatedUnion('kind', [
  /** The reader opened the reading room or the list: proof that time passed. */
  z.strictObject({ kind: z.literal('checkpoint') }),
  z.strictObject({ kind: z.literal('shown'), readId }),
  z.strictObject({
    kind: z.literal('submitted'),
    readId,
    /** Version of the protocol that it was read under. */
    version: z.int().min(1),
    answers: Answers,
    activeMs: z.number().min(0),
    awayMs: z.number().min(0),
    /** What the reader did with the case: play, pause, step … counts. */
    tools: z.record(z.string().max(32), z.int().min(0)),
    overTime: z.boolean(),
  }),
  /** The reader came back to a submitted case, as the protocol allows; a change follows as another `submitted`. */
  z.strictObject({ kind: z.literal('reopened'), readId }),
  z.strictObject({ kind: z.literal('paused') }),
  /** The wall clock ran ahead of the run's own clock. */
  z.strictObject({ kind: z.literal('clock-forward'), aheadMs: z.number() }),
  z.strictObject({ kind: z.literal('opened-early'), stageId: z.string(), by: z.string(), reason: z.string() }),
  /** What the reader confirmed about screen and room before a sitting. */
  z.strictObject({ kind: z.literal('room-checked'), screenCalibrated: z.boolean(), dimLight: z.boolean() }),
])
export type LogBody = z.infer<typeof LogBody>

/** One line of a reader's log. Lines are only ever added; each holds the hash of the one before. */
export const LogEntry = z.strictObject({
  studyId: z.uuid(),
  readerId: z.int(),
  sequence: z.int().min(1),
  moment: Moment,
  body: LogBody,
  previous: z.string(),
  hash: z.string(),
  /** Ed25519 over the hash, by the key that was made for this reader when the study was locked. */
  signature: z.string(),
})
export type LogEntry = z.infer<typeof LogEntry>

export interface ReaderKeys {
  /** Base64 of PKCS #8. */
  privateKey: string
  /** Base64 of SPKI; public keys are part of the bundle. */
  publicKey: string
}

export function makeReaderKeys(): ReaderKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
}

export interface PublicKey {
  readerId: number
  publicKey: string
}

/** One hash of all readers' public keys, whatever their order. */
export function keysHash(keys: readonly PublicKey[]): string {
  return hashOf(
    keys.map(({ readerId, publicKey }) => ({ readerId, publicKey })).toSorted((a, b) => a.readerId - b.readerId),
  )
}

/** Where a reader's log ends: so many lines, the last with this hash. */
export const LogEnd = z.strictObject({ readerId: z.int(), lines: z.int().min(0), lastHash: z.string() })
export type LogEnd = z.infer<typeof LogEnd>

/** Kept when the data are locked: a chain shows what was changed within it, and not what was cut off its end. */
export function logEnds(readerIds: readonly number[], entries: readonly LogEntry[]): LogEnd[] {
  return readerIds
    .toSorted((a, b) => a - b)
    .map((readerId) => {
      const own = entries.filter((entry) => entry.readerId === readerId)
      return { readerId, lines: own.length, lastHash: own.at(-1)?.hash ?? '' }
    })
}

/** The next line behind `last`, signed. */
export function appendEntry(
  last: LogEntry | null,
  line: Pick<LogEntry, 'studyId' | 'readerId' | 'moment' | 'body'>,
  keys: Pick<ReaderKeys, 'privateKey'>,
): LogEntry {
  const content = { ...line, sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? '' }
  const hash = hashOf(content)
  return { ...content, hash, signature: signText(hash, keys.privateKey) }
}

/**
 * Checks a whole log of one reader.
 *
 * @returns a sentence for the first line that does not hold, or null
 */
export function brokenAt(entries: readonly LogEntry[], publicKey: string): string | null {
  let previous = ''
  for (const [index, entry] of entries.entries()) {
    const { hash, signature, ...content } = entry
    const at = `reader ${entry.readerId}, line ${index + 1}`
    if (content.sequence !== index + 1) return `${at}: a line is missing before it`
    if (content.previous !== previous) return `${at}: it does not follow the line before`
    if (hashOf(content) !== hash) return `${at}: its content was changed`
    if (!isSigned(hash, signature, publicKey)) return `${at}: its signature is not this reader’s`
    previous = hash
  }
  return null
}

export function signText(text: string, privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
  return sign(null, Buffer.from(`cardionets-reader-study/1\0${text}`), key).toString('base64')
}

export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' })
    const bytes = Buffer.from(`cardionets-reader-study/1\0${text}`)
    return verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
