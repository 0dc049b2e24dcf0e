import { AppError } from '../../src-preload/contract/index.ts'
import { loadPack } from '../inference/pack/load-pack.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { ndjsonWriter } from './ndjson.ts'
import { packOptions, resolvePack } from './pack-options.ts'

/** `cardionets pack verify DIR` */
export async function pack(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { trust: packOptions.trust })
  const [verb, dir, ...more] = positionals
  if (verb !== 'verify' || dir === undefined || more.length > 0) {
    throw new UsageError('"pack" takes the word verify and one folder.')
  }
  const { packDir, trustedKeys } = await resolvePack({ pack: dir, trust: values.trust })
  const output = ndjsonWriter(process.stdout)
  try {
    const { manifest, key } = await loadPack(packDir, { trustedKeys })
    const { id, version, trained } = manifest
    await output.write({ path: dir, ok: true, id, version, trained, keyId: key.keyId })
    return ExitCode.done
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await output.write({ path: dir, ok: false, id: null, version: null, trained: null, keyId: null, error: error.toReply() })
    return ExitCode.someRefused
  }
}
