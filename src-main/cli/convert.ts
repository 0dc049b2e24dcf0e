import { lstat, rename, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { forkChild } from '../app/child-process.ts'
import { makeFolder } from '../app/make-folder.ts'
import { companionsAmong } from '../app/reading/open-file.ts'
import type { ReadJobResult } from '../app/reading/read-job.ts'
import { createWatchedReader, type WatchedReader } from '../app/reading/watched-reader.ts'
import type { EcgChannel } from '../ecg/recording.ts'
import { ECG_WRITERS } from '../ecg/writers/index.ts'
import type { EcgWriter, WritableRecording, WrittenFile } from '../ecg/writers/writer.ts'
import { answerOf, answerOptions } from './answer-options.ts'
import { ExitCode, oneOf, parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interrupt.ts'
import { ndjsonWriter } from './ndjson.ts'
import { readFiles } from './read-files.ts'

/** `cardionets convert FILE|DIR… --to FORMAT --out DIR`, with what the user says in a file’s stead */
export async function convert(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...answerOptions,
    to: { type: 'string' },
    out: { type: 'string', default: '.' },
    anonymous: { type: 'boolean', default: false },
  })
  if (positionals.length === 0) throw new UsageError('"convert" takes at least one file or folder.')
  const formats = ECG_WRITERS.map(({ id }) => id)
  const to = oneOf('to', values.to ?? '', formats)
  const writer = ECG_WRITERS.find(({ id }) => id === to)!
  const answer = answerOf(values)
  makeFolder(resolve(values.out))
  const reader = createWatchedReader({ spawn: forkChild })
  const output = ndjsonWriter(process.stdout)
  const interrupt = interruptible()
  let exitCode: number = ExitCode.done
  try {
    for await (const { path, reply } of readFiles(forkChild, positionals, { channels: true, answer })) {
      if (interrupt.requested || !output.open) break
      try {
        if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
        const recording = writable(reply.value, values.anonymous)
        await output.write({
          file: path,
          status: 'converted',
          ...(await write(writer, recording, path, values.out, reader)),
        })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        exitCode = ExitCode.someRefused
        await output.write({ file: path, status: 'refused', error: error.toReply() })
      }
    }
  } finally {
    reader.close()
  }
  return interrupt.requested ? ExitCode.interrupted : exitCode
}

function writable({ summary, channels }: ReadJobResult, anonymous: boolean): WritableRecording {
  const { rateHz, patient, startTime, device } = summary
  return { rateHz, channels: channels!, ...(!anonymous && { patient, startTime, device }) }
}

/** Writes the files, then reads them back: what is said to be converted was seen to be the same. */
async function write(
  writer: EcgWriter,
  recording: WritableRecording,
  path: string,
  out: string,
  reader: WatchedReader,
) {
  const stem = basename(path).replace(/\.[^.]*$/, '') || 'recording'
  const files = writer.write(recording, stem)
  const leftOut = writer.leftOut(recording)
  const written = files.map(({ name }) => join(out, name))
  for (const target of written) await refuseExisting(target)
  const back = await reader.read(files[0]!, companionsAmong(files), { channels: true })
  if (!back.ok) throw new AppError(back.error.code, `What was written can't be read back: ${back.error.message}`)
  const largestDifferenceMv = difference(
    recording.channels.filter(({ name }) => !leftOut.includes(name)),
    back.value.channels!,
  )
  for (const [index, file] of files.entries()) await writeWhole(written[index]!, file)
  return { to: writer.id, files: written, leftOut, largestDifferenceMv }
}

/** Largest difference of any sample; a missing one must be missing in both. */
function difference(channels: readonly EcgChannel[], back: readonly EcgChannel[]): number {
  let largest = 0
  for (const [index, { samplesMv }] of channels.entries()) {
    const other = back[index]?.samplesMv
    if (other?.length !== samplesMv.length) return Infinity
    for (const [t, value] of samplesMv.entries()) {
      if (Number.isFinite(value) !== Number.isFinite(other[t])) return Infinity
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value - other[t]!))
    }
  }
  return Number(largest.toPrecision(3))
}

async function refuseExisting(path: string): Promise<void> {
  if (await lstat(path).catch(() => null)) {
    throw new AppError(
      'cli/output-exists',
      `${path} is there already, and nothing is written over. Name another folder with --out.`,
    )
  }
}

/** Under another name first, so that no reader ever sees half a file. */
async function writeWhole(path: string, { bytes }: WrittenFile): Promise<void> {
  try {
    await writeFile(`${path}.part`, bytes)
    await rename(`${path}.part`, path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new AppError(
      'files/not-written',
      `${path} can't be written (${code}). Check the folder and the free space.`,
      {
        cause,
      },
    )
  }
}
