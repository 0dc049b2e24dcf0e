import { createHash, randomBytes, type Hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { deflateRawSync } from 'node:zlib'
import { signHead } from '../../audit/head.ts'
import { publicKeyPem, signText, workspaceIdentity } from '../../audit/signing-key.ts'
import { canonicalJson } from '../../canonical-json.ts'
import { passwordKey, PRESENT_PARAMETERS, SALT_BYTES, type StretchParameters } from '../../access/password-key.ts'
import { seal } from '../../keys.ts'
import { schemaVersion } from '../../migrate.ts'
import type { Actor, Registry } from '../../registry.ts'
import { readPackets } from '../read-packets.ts'
import { FORMAT, FRAME, MAGIC, signedText, type BundleEnd, type BundleHeader, type BundleStart } from './format.ts'

export interface BundleOrder {
  readonly passphrase: string
  /** Version of the application that writes. */
  readonly application: string
  readonly parameters?: StretchParameters
}

export interface BundleReport {
  readonly workspace: string
  readonly madeAt: string
  readonly bytes: number
  readonly rows: Readonly<Record<string, number>>
  /** Entries of the audit trail at its signed end in the bundle. */
  readonly entries: number
}

/**
 * Writes everything of the registry that travels, packet by packet; others may write meanwhile.
 *
 * @param write  takes the bytes one part after the other
 */
export async function writeBundle(
  registry: Registry,
  by: Actor,
  order: BundleOrder,
  write: (bytes: Uint8Array) => void,
): Promise<BundleReport> {
  const { db, blobs, environment } = registry
  const { memoryKiB, passes, parallelism } = order.parameters ?? PRESENT_PARAMETERS
  const publicKey = publicKeyPem(db)
  const workspace = workspaceIdentity(publicKey)
  const salt = environment.randomBytes(SALT_BYTES)
  const header: BundleHeader = {
    format: FORMAT,
    workspace,
    publicKey,
    salt: salt.toString('base64'),
    memoryKiB,
    passes,
    parallelism,
  }
  const key = await passwordKey(order.passphrase, salt, { algorithm: 'argon2id', memoryKiB, passes, parallelism })
  const frames = new FrameWriter(key, header, write)
  const madeAt = new Date(environment.now().utcMs).toISOString()
  const start: BundleStart = { madeAt, application: order.application, schema: schemaVersion(db) }
  frames.add(FRAME.start, Buffer.from(JSON.stringify(start)))
  const rows: Record<string, number> = {}
  for (const { packet, content } of readPackets(db, blobs, workspace)) {
    for (const sha256 of packet.blobs) frames.add(FRAME.blob, content(sha256))
    frames.add(FRAME.packet, deflateRawSync(JSON.stringify(packet)))
    for (const [table, some] of Object.entries(packet.rows)) rows[table] = (rows[table] ?? 0) + some.length
    await turn()
  }
  // The trail first says that everything went out, then its end is signed.
  registry.change(by, (change) =>
    change.audit({ action: 'exchange:export-bundle', kind: 'registry', id: null, after: { madeAt, rows } }),
  )
  const head = signHead(db, environment.now())
  const unsigned = { frames: frames.count, contentSha256: frames.contentSha256(), rows, head }
  const signature = signText(db, canonicalJson(signedText(frames.headerSha256, unsigned)))
  frames.add(FRAME.end, Buffer.from(JSON.stringify({ ...unsigned, signature } satisfies BundleEnd)))
  key.fill(0)
  return { workspace, madeAt, bytes: frames.bytes, rows, entries: head.entries }
}

/** Seals frames one after the other, and hashes what is in them. */
class FrameWriter {
  readonly headerSha256: string
  readonly #key: Buffer
  readonly #write: (bytes: Uint8Array) => void
  readonly #content: Hash = createHash('sha256')
  count = 0
  bytes = 0

  constructor(key: Buffer, header: BundleHeader, write: (bytes: Uint8Array) => void) {
    this.#key = key
    this.#write = write
    const text = Buffer.from(canonicalJson(header))
    this.headerSha256 = createHash('sha256').update(text).digest('hex')
    this.#put(Buffer.concat([MAGIC, length(text), text]))
  }

  add(kind: number, content: Uint8Array): void {
    const plain = Buffer.concat([Buffer.of(kind), content])
    this.#content.update(length(plain)).update(plain)
    const sealed = seal(this.#key, plain, `${this.headerSha256}/${this.count}`, randomBytes)
    this.#put(Buffer.concat([length(sealed), sealed]))
    this.count += 1
  }

  contentSha256(): string {
    return this.#content.copy().digest('hex')
  }

  #put(bytes: Buffer): void {
    this.#write(bytes)
    this.bytes += bytes.length
  }
}

function length(bytes: Uint8Array): Buffer {
  const written = Buffer.alloc(4)
  written.writeUInt32LE(bytes.length)
  return written
}
