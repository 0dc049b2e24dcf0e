import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { APP_VERSION } from '../app/version.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { commandServices } from './command-services.ts'
import { ndjsonWriter } from './ndjson.ts'

/** `cardionets doctor`: one line that says what this computer can do with the pack. */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { pack: { type: 'string' }, trust: { type: 'string' } })
  if (positionals.length > 0) throw new UsageError(`"doctor" takes no file; got "${positionals[0]}".`)
  const services = await commandServices({ ...values, provider: 'cpu' })
  try {
    const engine = await services.engine()
    console.error('Trying each provider against the golden outputs of the pack …')
    const providers = await engine.examineProviders()
    await ndjsonWriter(process.stdout).write({
      version: APP_VERSION,
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node,
      onnxruntime: engine.runtimeVersion,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryMiB: { total: toMiB(totalmem()), free: toMiB(freemem()), own: toMiB(process.memoryUsage.rss()) },
      pack: engine.identity,
      providers,
    })
    return providers.some(({ provider, parity }) => provider === 'cpu' && parity?.ok)
      ? ExitCode.done
      : ExitCode.someRefused
  } finally {
    await services.close()
  }
}

const toMiB = (bytes: number): number => Math.round(bytes / 2 ** 20)
