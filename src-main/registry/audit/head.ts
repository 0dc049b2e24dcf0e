import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Moment } from '../environment.ts'
import { auditEnd } from './append.ts'
import { isSignedBy, publicKeyPem, signText, workspaceIdentity } from './signing-key.ts'

/** Where the trail ended at some time, signed by the workspace. Kept outside, it shows what was cut off later. */
export const AuditHead = z.strictObject({
  format: z.literal('cardionets-audit-head/1'),
  workspace: z.string(),
  entries: z.int().min(0),
  /** Hash of the last entry, hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
  publicKey: z.string(),
  /** Ed25519 over the other fields, base64. */
  signature: z.string(),
})
export type AuditHead = z.infer<typeof AuditHead>

/** The signed end of the trail as it is now. */
export function signHead(db: ReadableDb, now: Moment): AuditHead {
  const { entries, hash } = auditEnd(db)
  const publicKey = publicKeyPem(db)
  const unsigned = {
    format: 'cardionets-audit-head/1' as const,
    workspace: workspaceIdentity(publicKey),
    entries,
    hash: hash.toString('hex'),
    at: new Date(now.utcMs).toISOString(),
    publicKey,
  }
  return { ...unsigned, signature: signText(db, canonicalJson(unsigned)) }
}

/** Whether the head is what this workspace's own key signed. */
export function isOwnHead(db: ReadableDb, { signature, ...unsigned }: AuditHead): boolean {
  const own = publicKeyPem(db)
  return unsigned.publicKey === own && isSignedBy(own, canonicalJson(unsigned), signature)
}

/** Whether the trail still has the entry that the head speaks of. */
export function holdsHead(db: ReadableDb, head: AuditHead): boolean {
  if (head.entries === 0) return true
  const row = statement<{ hash: Buffer }>(db, 'SELECT hash FROM audit WHERE number = ?').get(head.entries)
  return row?.hash.toString('hex') === head.hash
}
