import { AppError, type ErrorReply, type Reply } from '../../../src-preload/contract/errors.ts'
import { readCines } from '../../cmr/read-cines.ts'
import { companionNames } from '../../ecg/read-recording.ts'
import type { Companion } from '../../ecg/recording.ts'
import type { ParentPort } from '../parent-port.ts'
import type { FromReader, ReaderAnswers, ReaderTask, ToReader } from './messages.ts'
import { decodeImage } from './image-codecs.ts'
import { decodeSpreadsheet } from '../../csv/decode-spreadsheet.ts'
import { readBatchTable } from '../batch/batch-table.ts'
import { examineFile } from './examine-file.ts'
import type { NamedBytes } from './open-file.ts'
import { runReadJob, type ReadWants } from './read-job.ts'
import { PARSER_CRASHED } from './reply-codes.ts'

/**
 * Answers `run` messages. Readers are synchronous, so a companion that is not here yet ends the attempt; it is asked
 * for, and the attempt is made again with it (a header is parsed twice, its signal files once).
 */
export function serveReader(port: ParentPort): void {
  let job:
    | { id: number; task: ReaderTask; main: NamedBytes; wants: ReadWants; known: Map<string, Uint8Array | null> }
    | undefined
  const post = (message: FromReader): void => port.post(message)

  const attempt = (): void => {
    const { id, task, main, wants, known } = job!
    const wanted = new Set<string>()
    const reply = perform(task, main, wants, (name) => {
      if (!known.has(name)) wanted.add(name)
      return known.get(name) ?? undefined
    })
    if (wanted.size > 0) post({ kind: 'need', id, names: [...wanted] })
    else post({ kind: 'done', id, reply })
  }

  const answerCines = async (id: number, files: readonly NamedBytes[]): Promise<void> => {
    try {
      post({ kind: 'done', id, reply: { ok: true, value: await readCines(files, decodeImage) } })
    } catch (error) {
      post({ kind: 'done', id, reply: { ok: false, error: crashReply(error) } })
    }
  }

  port.onMessage((raw) => {
    const message = raw as ToReader
    if (message.kind === 'run') {
      const { id, task, main, wants, companions } = message
      job = { id, task, main, wants, known: new Map(companions.map(({ name, bytes }) => [name, bytes])) }
      attempt()
    } else if (message.kind === 'companions' && message.id === job?.id) {
      for (const { name, bytes } of message.files) job.known.set(name, bytes)
      attempt()
    } else if (message.kind === 'read-cines') void answerCines(message.id, message.files)
  })
}

function perform(
  task: ReaderTask,
  main: NamedBytes,
  wants: ReadWants,
  companion: Companion,
): Reply<ReaderAnswers[ReaderTask]> {
  try {
    return { ok: true, value: answerTo(task, main, wants, companion) }
  } catch (error) {
    return { ok: false, error: error instanceof AppError ? error.toReply() : crashReply(error) }
  }
}

function answerTo(
  task: ReaderTask,
  main: NamedBytes,
  wants: ReadWants,
  companion: Companion,
): ReaderAnswers[ReaderTask] {
  switch (task) {
    case 'read':
      return runReadJob(main, companion, wants)
    case 'companion-names':
      return companionNames(main.bytes, main.name)
    case 'examine':
      return examineFile(main, companion, wants.answer?.table)
    case 'batch-table':
      return readBatchTable(decodeSpreadsheet(main.bytes))
  }
}

/** Says where our own code failed, and nothing of the file: an error's message may hold a patient's data. */
function crashReply(error: unknown): ErrorReply {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const place = /([\w-]+\.(?:ts|js):\d+)/.exec(stack.slice(stack.indexOf('\n    at ')))?.[1] ?? 'an unknown place'
  const kind = error instanceof Error ? error.name : typeof error
  return {
    code: PARSER_CRASHED,
    message: `The reader failed on this file (${kind} at ${place}). The file may be damaged; export it again, and report this line if that does not help.`,
  }
}
