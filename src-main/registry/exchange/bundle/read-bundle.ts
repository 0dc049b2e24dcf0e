import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import type { z } from 'zod'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { isSignedBy, workspaceIdentity } from '../../audit/signing-key.ts'
import { canonicalJson } from '../../canonical-json.ts'
import { passwordKey } from '../../access/password-key.ts'
import { unseal } from '../../keys.ts'
import { Packet } from '../packet.ts'
import type { ByteSource } from './byte-source.ts'
import {
  altered,
  BundleEnd,
  BundleHeader,
  BundleStart,
  FRAME,
  MAGIC,
  MAX_FRAME_BYTES,
  MAX_PACKET_BYTES,
  notABundle,
  signedText,
  truncated,
} from './format.ts'

const MAX_HEADER_BYTES = 10_000

export interface OpenBundle {
  readonly header: BundleHeader
  readonly start: BundleStart
  readonly end: BundleEnd
  /** Packets with the contents that they name, in the order of the bundle. */
  packets(): Generator<{ packet: Packet; contents: Map<string, Buffer> }>
}

/**
 * Opens a bundle and proves all of it before anything of it is used: every frame, the hash over them, the signature,
 * and that nothing follows.
 *
 * @throws AppError `bundle/not-a-bundle`, `bundle/wrong-passphrase`, `bundle/truncated`, `bundle/damaged`
 */
export async function openBundle(source: ByteSource, passphrase: string): Promise<OpenBundle> {
  const { header, headerSha256, offset } = readHeader(source)
  const { salt, memoryKiB, passes, parallelism } = header
  const parameters = { algorithm: 'argon2id' as const, memoryKiB, passes, parallelism }
  const key = await passwordKey(passphrase, Buffer.from(salt, 'base64'), parameters)
  const content = createHash('sha256')
  let start: BundleStart | null = null
  let end: BundleEnd | null = null
  let count = 0
  for (const plain of frames(source, key, headerSha256, offset)) {
    if (end) throw altered()
    const body = plain.subarray(1)
    if ((count === 0) !== (plain[0] === FRAME.start)) throw altered()
    if (plain[0] === FRAME.start) start = parse(BundleStart, body)
    if (plain[0] === FRAME.end) {
      end = parse(BundleEnd, body)
      if (end.frames !== count || end.contentSha256 !== content.copy().digest('hex')) throw altered()
    } else content.update(lengthOf(plain)).update(plain)
    count += 1
    if (count % 16 === 0) await turn()
  }
  if (!start || !end) throw truncated()
  const { signature, ...unsigned } = end
  const { publicKey } = header
  if (!isSignedBy(publicKey, canonicalJson(signedText(headerSha256, unsigned)), signature)) throw altered()
  return { header, start, end, packets: () => packets(source, key, headerSha256, offset) }
}

function readHeader(source: ByteSource): { header: BundleHeader; headerSha256: string; offset: number } {
  const head = source.read(0, MAGIC.length + 4)
  if (head.length < MAGIC.length + 4 || !head.subarray(0, MAGIC.length).equals(MAGIC)) throw notABundle()
  const size = head.readUInt32LE(MAGIC.length)
  if (size > MAX_HEADER_BYTES) throw notABundle()
  const text = source.read(head.length, size)
  if (text.length < size) throw truncated()
  try {
    const header = BundleHeader.parse(JSON.parse(text.toString('utf8')))
    if (workspaceIdentity(header.publicKey) !== header.workspace) throw new Error('not the workspace of this key')
    const headerSha256 = createHash('sha256').update(text).digest('hex')
    return { header, headerSha256, offset: head.length + size }
  } catch (cause) {
    throw notABundle(cause)
  }
}

/** Opens the frames one after the other. @throws AppError `bundle/truncated`, `bundle/damaged`, … */
function* frames(source: ByteSource, key: Buffer, headerSha256: string, from: number): Generator<Buffer> {
  for (let offset = from, index = 0; offset < source.size; index += 1) {
    const size = source.read(offset, 4)
    if (size.length < 4) throw truncated()
    const sealedBytes = size.readUInt32LE()
    if (sealedBytes > MAX_FRAME_BYTES) throw altered()
    const sealed = source.read(offset + 4, sealedBytes)
    if (sealed.length < sealedBytes) throw truncated()
    const plain = unseal(key, sealed, `${headerSha256}/${index}`)
    if (plain === null || plain.length === 0) throw index === 0 ? wrongPassphrase() : altered()
    yield plain
    offset += 4 + sealedBytes
  }
}

function* packets(
  source: ByteSource,
  key: Buffer,
  headerSha256: string,
  offset: number,
): ReturnType<OpenBundle['packets']> {
  const contents = new Map<string, Buffer>()
  for (const plain of frames(source, key, headerSha256, offset)) {
    const body = plain.subarray(1)
    if (plain[0] === FRAME.blob) contents.set(createHash('sha256').update(body).digest('hex'), body)
    if (plain[0] !== FRAME.packet) continue
    yield { packet: parse(Packet, inflate(body)), contents }
    contents.clear()
  }
}

function inflate(body: Buffer): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: MAX_PACKET_BYTES })
  } catch (cause) {
    throw altered(cause)
  }
}

function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch (cause) {
    throw altered(cause)
  }
}

function lengthOf(plain: Buffer): Buffer {
  const written = Buffer.alloc(4)
  written.writeUInt32LE(plain.length)
  return written
}

const wrongPassphrase = (): AppError =>
  new AppError(
    'bundle/wrong-passphrase',
    'This passphrase does not open the bundle, or its beginning is damaged. Check it with whoever made the bundle.',
  )
