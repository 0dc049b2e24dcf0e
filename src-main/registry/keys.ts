import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What the one data key of a workspace is turned into; each use has a key of its own. */
export type KeyPurpose = 'database' | 'blob-content' | 'blob-name' | 'reader-study' | 'bundle'

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * @param context  a further distinction within the purpose, e.g. a blob's name
 * @see RFC 5869 (HKDF with SHA-256)
 */
export function deriveKey(dataKey: Buffer, purpose: KeyPurpose, context = ''): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `cardionets/v1/${purpose}/${context}`, KEY_BYTES))
}

/**
 * AES-256-GCM with a random nonce: nonce (12 bytes), ciphertext, tag (16 bytes).
 *
 * @param boundTo  what the sealed bytes belong to; opening them as anything else fails
 */
export function seal(
  key: Buffer,
  plain: Uint8Array,
  boundTo: string,
  random: (length: number) => Buffer = randomBytes,
): Buffer {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(boundTo))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The inverse of `seal`. @returns null where key, bytes or `boundTo` are others than when it was sealed */
export function unseal(key: Buffer, sealed: Uint8Array, boundTo: string): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(boundTo))
  cipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), cipher.final()])
  } catch {
    return null
  }
}
