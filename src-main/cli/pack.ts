import { AppError } from '../../src-preload/contract/index.ts'
import { choosePack } from '../app/choose-pack.ts'
import { loadPack } from '../inference/pack/load-pack.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { ndjsonWriter } from './ndjson.ts'

/** `cardionets pack verify DIR` */
export async function pack(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { trust: { type: 'string' } })
  const [verb, dir, ...more] = positionals
  if (verb !== 'verify' || dir === undefined || more.length > 0) {
    throw new UsageError('"pack" takes the word verify and one folder.')
  }
  const { packDir, trustedKeys } = await choosePack({ pack: dir, trust: values.trust })
  const output = ndjsonWriter(process.stdout)
  try {
    const { manifest, key } = await loadPack(packDir, { trustedKeys })
    const { id, version, trained } = manifest
    await output.write({ path: dir, ok: true, id, version, trained, keyId: key.keyId })
    return ExitCode.done
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const unknown = { id: null, version: null, trained: null, keyId: null }
    await output.write({ path: dir, ok: false, ...unknown, error: error.toReply() })
    return ExitCode.someRefused
  }
}
