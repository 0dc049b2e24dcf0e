import { createHash } from 'node:crypto'
import { passwordKey } from '../../../src-main/registry/access/password-key.ts'
import { BundleHeader, MAGIC } from '../../../src-main/registry/exchange/bundle/format.ts'
import { seal, unseal } from '../../../src-main/registry/keys.ts'

/** What somebody can do who knows the passphrase and not the sender's key: open frames, change them, seal them again. */
export async function forge(bundle: Buffer, passphrase: string, change: (plain: Buffer) => Buffer): Promise<Buffer> {
  const start = MAGIC.length + 4
  const headerBytes = bundle.readUInt32LE(MAGIC.length)
  const text = bundle.subarray(start, start + headerBytes)
  const { salt, memoryKiB, passes, parallelism } = BundleHeader.parse(JSON.parse(text.toString()))
  const parameters = { algorithm: 'argon2id' as const, memoryKiB, passes, parallelism }
  const key = await passwordKey(passphrase, Buffer.from(salt, 'base64'), parameters)
  const headerSha256 = createHash('sha256').update(text).digest('hex')
  const parts = [bundle.subarray(0, start + headerBytes)]
  for (let offset = start + headerBytes, index = 0; offset < bundle.length; index += 1) {
    const size = bundle.readUInt32LE(offset)
    const boundTo = `${headerSha256}/${index}`
    const sealed = seal(key, change(unseal(key, bundle.subarray(offset + 4, offset + 4 + size), boundTo)!), boundTo)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(sealed.length)
    parts.push(length, sealed)
    offset += 4 + size
  }
  return Buffer.concat(parts)
}
