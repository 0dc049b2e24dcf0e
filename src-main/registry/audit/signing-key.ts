import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { readSetting, writeSetting } from '../tables/settings.ts'

const SETTING = 'signing-key'

/** Ed25519 key of one workspace: it signs reviews and the end of the audit trail. It lives in the encrypted file. */
interface SigningKey {
  readonly privatePem: string
  readonly publicPem: string
}

/** Makes the workspace's key; once, when the registry is made. */
export function createSigningKey(change: Change): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key: SigningKey = {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
  writeSetting(change.db, SETTING, key)
  change.audit({
    action: 'registry:create-signing-key',
    kind: 'registry',
    id: null,
    after: { publicKey: key.publicPem },
  })
}

/** @returns the signature in base64 */
export function signText(db: ReadableDb, text: string): string {
  return sign(null, Buffer.from(text), createPrivateKey(signingKey(db).privatePem)).toString('base64')
}

export function publicKeyPem(db: ReadableDb): string {
  return signingKey(db).publicPem
}

/** Which workspace: the first half of the SHA-256 of its public key. */
export function workspaceIdentity(publicPem: string): string {
  const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 32)
}

export function isSignedBy(publicPem: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), createPublicKey(publicPem), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

function signingKey(db: ReadableDb): SigningKey {
  const key = readSetting<SigningKey>(db, SETTING)
  if (!key) throw new Error('the registry has no signing key')
  return key
}
