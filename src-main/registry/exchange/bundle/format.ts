import { z } from 'zod'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { AuditHead } from '../../audit/head.ts'

/**
 * A bundle: magic, a header that anybody may read, then frames, each sealed on its own (AES-256-GCM, key stretched from
 * the passphrase with Argon2id), bound to this header and to its place. The last frame holds counts, the hash of all
 * frames before, the signed end of the sender's audit trail, and the sender's signature over all of it.
 */
export const MAGIC = Buffer.from('CNBUNDLE1\n')
export const FORMAT = 'cardionets-bundle/1'
/** Largest frame: the largest file that an import takes, and its seal. */
export const MAX_FRAME_BYTES = 80 * 2 ** 20
/** Rows of one packet, unpacked. */
export const MAX_PACKET_BYTES = 256 * 2 ** 20

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const Identity = z.string().regex(/^[0-9a-f]{32}$/)

export const BundleHeader = z
  .strictObject({
    format: z.literal(FORMAT),
    workspace: Identity,
    publicKey: z.string().max(1000),
    // Argon2 takes eight bytes at least, which are eleven characters.
    salt: Base64.min(11).max(100),
    // Bounded, so that a file of somebody else cannot ask for all memory or for hours.
    memoryKiB: z
      .int()
      .min(8)
      .max(256 * 1024),
    passes: z.int().min(1).max(16),
    parallelism: z.int().min(1).max(16),
  })
  // As RFC 9106 has it; nothing is sealed yet, so these numbers may be anybody's.
  .refine(({ memoryKiB, parallelism }) => memoryKiB >= 8 * parallelism)
export type BundleHeader = z.infer<typeof BundleHeader>

export const BundleStart = z.strictObject({
  madeAt: z.iso.datetime(),
  application: z.string(),
  /** Of the sender's registry. */
  schema: z.int().positive(),
})
export type BundleStart = z.infer<typeof BundleStart>

export const BundleEnd = z.strictObject({
  frames: z.int().min(0),
  contentSha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.record(z.string(), z.int().min(0)),
  head: AuditHead,
  signature: Base64,
})
export type BundleEnd = z.infer<typeof BundleEnd>

/** What a frame holds; its first byte. */
export const FRAME = { start: 0x49, blob: 0x42, packet: 0x50, end: 0x45 } as const

/** What the sender signs. */
export const signedText = (headerSha256: string, end: Omit<BundleEnd, 'signature'>): unknown => ({
  purpose: 'cardionets/bundle/v1',
  headerSha256,
  ...end,
})

export const notABundle = (cause?: unknown): AppError =>
  new AppError(
    'bundle/not-a-bundle',
    'This file is no bundle of CardioNets. Choose a file made by “Export a bundle”.',
    {
      cause,
    },
  )
export const truncated = (): AppError =>
  new AppError('bundle/truncated', 'The bundle is cut off: its end is missing. Copy it again. Nothing was taken over.')
export const altered = (cause?: unknown): AppError =>
  new AppError('bundle/damaged', 'The bundle was altered or is damaged. Copy it again. Nothing was taken over.', {
    cause,
  })
