import { dirname, resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { describeStack } from '../app/cines/describe-stack.ts'
import { forkChild } from '../app/child-process.ts'
import { makeFolder } from '../app/make-folder.ts'
import { MAX_CINE_BYTES, readCineFiles } from '../app/reading/cine-reader.ts'
import { openFile, type NamedBytes } from '../app/reading/open-file.ts'
import type { CineStack } from '../cmr/cine.ts'
import { statedFields } from '../cmr/identity.ts'
import { ExitCode, oneOf, parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interrupt.ts'
import { ndjsonWriter, type LineWriter } from './ndjson.ts'
import { walk } from '../app/reading/walk.ts'
import { writeAcquired, type AcquiredSettings } from './write-acquired.ts'

/** `cardionets cine read FILE|DIR…` */
export async function cine(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    out: { type: 'string' },
    plane: { type: 'string', default: 'xy' },
    slice: { type: 'string' },
    time: { type: 'string', default: 'fourth' },
    box: { type: 'string' },
    frames: { type: 'string' },
  })
  const [verb, ...paths] = positionals
  if (verb !== 'read') throw new UsageError('"cine" takes "read" and files or folders.')
  if (paths.length === 0) throw new UsageError('"cine read" takes at least one file or folder.')
  const settings: AcquiredSettings = {
    plane: oneOf('plane', values.plane, ['xy', 'xz', 'yz']),
    time: oneOf('time', values.time, ['fourth', 'third']),
    slice: numbers('slice', values.slice, /^(\d{1,4})$/)?.[0],
    box: numbers('box', values.box, /^(-?\d{1,5}),(-?\d{1,5})$/),
    frames: numbers('frames', values.frames, /^(\d{1,4})-(\d{1,4})$/),
  }
  if (values.out !== undefined) makeFolder(resolve(values.out))
  const output = ndjsonWriter(process.stdout)
  const interrupt = interruptible()
  let refused = false
  for await (const group of groups(paths)) {
    if (interrupt.requested || !output.open) break
    if (await readGroup(group, settings, values.out, output)) refused = true
  }
  if (interrupt.requested) return ExitCode.interrupted
  return refused ? ExitCode.someRefused : ExitCode.done
}

/** Files of one folder at a time: a series does not lie in two. */
async function* groups(paths: readonly string[]): AsyncGenerator<string[]> {
  let group: string[] = []
  for (const given of paths) {
    let found = false
    for await (const path of walk([given], async () => new Set())) {
      found = true
      if (group[0] !== undefined && dirname(group[0]) !== dirname(path)) {
        yield group
        group = []
      }
      group.push(path)
    }
    // A folder without files is refused as if it had been named as a file.
    if (!found) group.push(given)
  }
  if (group.length > 0) yield group
}

/** @returns whether something was refused */
async function readGroup(
  paths: readonly string[],
  settings: AcquiredSettings,
  out: string | undefined,
  output: LineWriter,
): Promise<boolean> {
  let refused = false
  const refuse = async (file: string, error: { code: string; message: string }): Promise<void> => {
    refused = true
    await output.write({ file, status: 'refused', error })
  }
  const files: NamedBytes[] = []
  let bytes = 0
  for (const path of paths) {
    // More is refused as a whole; there is no need to hold it first.
    if (bytes > MAX_CINE_BYTES) break
    try {
      // The path is the name, so that namesakes are told apart in what is printed.
      files.push({ name: path, bytes: (await openFile(path)).bytes })
      bytes += files.at(-1)!.bytes.length
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await refuse(path, error.toReply())
    }
  }
  if (files.length === 0) return refused
  const reply = await readCineFiles(forkChild, files)
  if (!reply.ok) {
    await refuse(files[0]!.name, reply.error)
    return refused
  }
  for (const stack of reply.value.stacks) {
    try {
      const written = out === undefined ? {} : { prepared: await writeAcquired(stack, settings, out) }
      await output.write({ ...lineOf(stack), ...written })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await refuse(stack.files[0]!, error.toReply())
    }
  }
  for (const { file, error } of reply.value.refusals) await refuse(file, error)
  return refused
}

function lineOf(stack: CineStack) {
  const { fileCount, ...facts } = describeStack(stack)
  // A description is free text, in which names have been found.
  delete facts.seriesDescription
  return { file: stack.files[0], files: fileCount, ...facts, identity: statedFields(stack.patient) }
}

function numbers(name: string, text: string | undefined, pattern: RegExp): number[] | undefined {
  if (text === undefined) return undefined
  const found = pattern.exec(text)
  if (!found) throw new UsageError(`--${name} can't be "${text}"; see "cardionets cine --help".`)
  return found.slice(1).map(Number)
}
