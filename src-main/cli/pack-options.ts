import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { referencePackDir } from '../app/reference-pack.ts'
import { parsePublicKey, type TrustedKey } from '../inference/pack/keys.ts'

/** `--pack` and `--trust` as every command that loads a pack has them. */
export const packOptions = { pack: { type: 'string' }, trust: { type: 'string' } } as const

export async function resolvePack(values: { pack?: string | undefined; trust?: string | undefined }): Promise<{
  packDir: string
  trustedKeys: TrustedKey[]
}> {
  return {
    packDir: values.pack === undefined ? referencePackDir() : resolve(values.pack),
    trustedKeys: values.trust === undefined ? [] : [await readTrustedKey(values.trust)],
  }
}

/** @throws AppError `pack/key-unreadable` */
async function readTrustedKey(path: string): Promise<TrustedKey> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('pack/key-unreadable', `The public key ${path} can't be read. Check the path.`, { cause })
  })
  return parsePublicKey(text)
}
