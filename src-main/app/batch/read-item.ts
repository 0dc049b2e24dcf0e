import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ASKABLE_CODES } from '../../../src-preload/contract/constants.ts'
import { AppError, type Reply } from '../../../src-preload/contract/errors.ts'
import type { BatchItem } from '../../registry/tables/batch-items.ts'
import { rememberingCompanions } from '../import-drop.ts'
import type { AnswerMemory } from '../reading/answer-memory.ts'
import { companionsBeside, openFile, type NamedBytes } from '../reading/open-file.ts'
import type { ReadJobResult } from '../reading/read-job.ts'
import { headerOf, readWithAnswers } from '../reading/read-with-answers.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'

/** A file as it was read, with those that belong to it. */
export interface ReadItem {
  readonly item: BatchItem
  readonly files: readonly NamedBytes[]
  readonly reply: Reply<ReadJobResult>
  /** Of a file that waits for an answer: under which the answer will be remembered. */
  readonly header: string | null
  readonly startedMs: number
}

/** After these no further file would be read either: the batch stops instead of refusing them all. */
const FINAL = new Set(['app/reader-unavailable', 'app/reader-closed', 'app/internal'])
const GONE = new Set(['file/not-found', 'file/unreadable'])

/**
 * Reads one file of a batch, with the answer that was given about it or is remembered for its header.
 *
 * @param source  folder or table of the batch; where it is gone, its files were not refused but unplugged
 * @throws AppError `batch/source-gone`, `app/…`: the batch stops, the file stays queued
 */
export async function readItem(
  reader: WatchedReader,
  answers: AnswerMemory,
  source: string,
  item: BatchItem,
): Promise<ReadItem> {
  const startedMs = performance.now()
  const refused = (error: unknown): ReadItem => {
    if (!(error instanceof AppError)) throw error
    return { item, files: [], reply: { ok: false, error: error.toReply() }, header: null, startedMs }
  }
  let main: NamedBytes
  try {
    main = await openFile(item.path)
  } catch (error) {
    if (error instanceof AppError && GONE.has(error.code)) await requireSource(source)
    return refused(error)
  }
  const companions = rememberingCompanions(companionsBeside(item.path))
  const given = item.answer && { file: basename(item.path), answer: item.answer, remember: false }
  const wants = { leads: true, screening: true }
  const reply = await readWithAnswers(answers, reader, main, companions.source, wants, given ?? undefined)
  if (!reply.ok && FINAL.has(reply.error.code)) throw new AppError(reply.error.code, reply.error.message)
  const header = isQuestion(reply) ? await headerOf(reader, main, companions.source) : null
  return { item, files: [main, ...companions.files()], reply, header, startedMs }
}

/** Whether the refusal of a file ends once the user has said what the file does not. */
export function isQuestion(reply: Reply<ReadJobResult>): boolean {
  const refusal = reply.ok ? reply.value.refusal : reply.error
  return refusal !== null && ASKABLE_CODES.includes(refusal.code)
}

/** @throws AppError `batch/source-gone` */
export async function requireSource(source: string): Promise<void> {
  if (await stat(source).catch(() => undefined)) return
  throw new AppError(
    'batch/source-gone',
    'The folder or table of this batch is not there any more. Connect the drive again, then continue.',
  )
}
