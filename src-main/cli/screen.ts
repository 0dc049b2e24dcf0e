import { resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { Sampler } from '../../src-preload/contract/screening.ts'
import { batches } from '../app/batches.ts'
import { forkChild } from '../app/child-process.ts'
import { makeFolder } from '../app/make-folder.ts'
import { answerOf, answerOptions } from './answer-options.ts'
import { ExitCode, oneOf, parseArguments, UsageError, wholeNumber } from './arguments.ts'
import { commandServices, serviceOptions } from './command-services.ts'
import { letHeapGrow } from './heap-growth.ts'
import { interruptible } from './interrupt.ts'
import { ndjsonWriter } from './ndjson.ts'
import { progressOn } from './progress.ts'
import { readFiles } from './read-files.ts'
import { finishBatch, startBatches } from './screen-batch.ts'
import { reportOptions, reportSettings } from './report-options.ts'
import { siteOf, siteOptions } from './site-options.ts'

/** As many recordings as the encoder takes at once. */
const BATCH = 8
/** So far ahead the reader may run: about as far as it comes while the networks get ready. */
const AHEAD = 8 * BATCH
/** Cines and reports take far longer than reading, and a report holds on to the whole recording. */
const AHEAD_WRITING = 4

/** `cardionets screen FILE|DIR…` */
export async function screen(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...serviceOptions,
    ...answerOptions,
    ...reportOptions,
    cine: { type: 'boolean', default: false },
    out: { type: 'string', default: '.' },
    seed: { type: 'string', default: '0' },
    sampler: { type: 'string' },
    ...siteOptions,
  })
  if (positionals.length === 0) throw new UsageError('"screen" takes at least one file or folder.')
  const answer = answerOf(values)
  const seed = wholeNumber('seed', values.seed, 0, 0xffffffff)
  const sampler = values.sampler === undefined ? undefined : oneOf('sampler', values.sampler, Sampler.options)
  const report = reportSettings(values)
  const writing = values.cine || report !== null
  const outputs = {
    cine: writing ? { out: values.out, write: values.cine, seed, sampler } : null,
    report,
    site: siteOf(values),
  }

  // Cines and reports need the memory, and take so long that collecting it is nothing beside them.
  if (!writing) letHeapGrow()
  const services = await commandServices(values)
  const interrupt = interruptible()
  const output = ndjsonWriter(process.stdout)
  const progress = progressOn(process.stderr)
  let done = 0
  let refused = 0
  try {
    // Files are read while the networks get ready. A refused pack, or an output folder that can't be made, ends all of
    // it before the first line.
    const ready = services.engine().then((engine) => {
      if (writing) makeOutputFolder(values.out)
      return engine
    })
    // The first batch meets a failure; until then it must not end the process.
    ready.catch(() => undefined)
    const wants = { screening: true, answer, ...(report && { leads: true, measurements: true }) }
    const files = readFiles(forkChild, positionals, wants)
    const groups = writing ? batches(files, 1, AHEAD_WRITING) : batches(files, BATCH, AHEAD)
    const started = startBatches(ready, groups)
    // One batch is in the encoder while the lines of the one before are written.
    for await (const [batch] of batches(started, 1, 1)) {
      for await (const line of finishBatch(await ready, batch!, outputs, interrupt.signal)) {
        if (interrupt.requested || !output.open) break
        await output.write(line)
        done += 1
        if (line.status === 'refused') refused += 1
      }
      if (interrupt.requested || !output.open) break
      if (done > 1 || writing) progress.show(`${done - refused} screened, ${refused} refused`)
    }
  } finally {
    await services.close()
  }
  progress.end()
  if (interrupt.requested) return ExitCode.interrupted
  return refused > 0 ? ExitCode.someRefused : ExitCode.done
}

function makeOutputFolder(folder: string): void {
  try {
    makeFolder(resolve(folder))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new AppError('cli/output-folder', `The folder ${folder} can't be made (${code}). Name another with --out.`, {
      cause,
    })
  }
}
