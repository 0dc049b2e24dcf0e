import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { AppError } from '../../../src-preload/contract/errors.ts'

/** A public key whose signature on a pack is accepted here. */
export interface TrustedKey {
  /** Lower-case hexadecimal SHA-256 of the 32 raw bytes: the fingerprint that people compare. */
  keyId: string
  /** Base64 of the 32 raw bytes of the Ed25519 public key. */
  publicKeyBase64: string
  /** `site`: trusted by an administrator or by `--trust`. */
  purpose: 'release' | 'development' | 'site'
}

const RAW_BYTES = 32
/** DER of SubjectPublicKeyInfo for Ed25519 up to the raw key (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const SIGNED_PREFIX = Buffer.from('cardionets-pack-v1\n', 'latin1')

/** @param raw the 32 raw bytes of an Ed25519 public key */
export function keyIdOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex')
}

/**
 * Reads a `.pub` file: a PEM SubjectPublicKeyInfo or the base64 of the 32 raw bytes.
 *
 * @throws AppError `pack/key-unreadable`
 */
export function parsePublicKey(text: string): TrustedKey {
  const raw = text.includes('-----BEGIN') ? rawFromPem(text) : decodeBase64(text.trim(), RAW_BYTES)
  if (!raw) {
    throw new AppError(
      'pack/key-unreadable',
      'This is no Ed25519 public key: expected a PEM "PUBLIC KEY" block or one line of base64 that holds 32 bytes. Ask the maker of the pack for the .pub file.',
    )
  }
  return { keyId: keyIdOf(raw), publicKeyBase64: raw.toString('base64'), purpose: 'site' }
}

/** True when `signature` is the key's Ed25519 signature over "cardionets-pack-v1\n" + `manifest`. */
export function verifiesPack(key: TrustedKey, manifest: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, Buffer.concat([SIGNED_PREFIX, manifest]), keyObject(key), signature)
}

/** Strict base64 of exactly `length` bytes, else undefined: Node's decoder skips whatever it does not know. */
export function decodeBase64(text: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined
}

function keyObject({ publicKeyBase64 }: TrustedKey): KeyObject {
  const der = Buffer.concat([SPKI_PREFIX, Buffer.from(publicKeyBase64, 'base64')])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}

function rawFromPem(text: string): Buffer | undefined {
  // A private key in a .pub file is a mistake that must not pass: createPublicKey would derive its public half.
  if (/PRIVATE KEY/.test(text)) return undefined
  try {
    const key = createPublicKey(text)
    if (key.asymmetricKeyType !== 'ed25519') return undefined
    return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
  } catch {
    return undefined
  }
}
