import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { parsePublicKey, type TrustedKey } from '../inference/pack/keys.ts'

/** `--pack DIR` and `--trust FILE.pub`, as every entry has them. */
export interface PackChoice {
  pack?: string | undefined
  trust?: string | undefined
}

/**
 * The pack to load and the keys to trust besides the pinned ones.
 *
 * @throws AppError `pack/key-unreadable`
 */
export async function choosePack({ pack, trust }: PackChoice): Promise<{ packDir: string; trustedKeys: TrustedKey[] }> {
  return {
    packDir: pack === undefined ? referencePackDir() : resolve(pack),
    trustedKeys: trust === undefined ? [] : [await readTrustedKey(trust)],
  }
}

/**
 * The folder of the pack that ships: among the extra resources of a packaged application, else in the repository.
 * Both `out/main` and `src-main/app` lie two folders below it.
 */
function referencePackDir(): string {
  const { resourcesPath, defaultApp } = process as { resourcesPath?: string; defaultApp?: boolean }
  if (resourcesPath !== undefined && defaultApp !== true) return join(resourcesPath, 'models', 'reference')
  return join(import.meta.dirname, '..', '..', 'models', 'reference')
}

async function readTrustedKey(path: string): Promise<TrustedKey> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('pack/key-unreadable', `The public key ${path} can't be read. Check the path.`, { cause })
  })
  return parsePublicKey(text)
}
