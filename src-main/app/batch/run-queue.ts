import type { Engine } from '../../inference/engine.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { listQueued, type BatchItem } from '../../registry/tables/batch-items.ts'
import type { Batch } from '../../registry/tables/batches.ts'
import { screenRows, type ScreenedRow } from '../../screening/screen-rows.ts'
import { batches } from '../batches.ts'
import type { AnswerMemory } from '../reading/answer-memory.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'
import { endRead } from './end-read.ts'
import { readItem, type ReadItem } from './read-item.ts'

/** What a batch works with, while it holds the registry open. */
export interface BatchTools {
  readonly registry: Registry
  readonly by: Actor
  readonly engine: Engine
  readonly readers: readonly WatchedReader[]
  readonly answers: AnswerMemory
}

/** As many recordings as the encoder takes at once; the readers run this many groups ahead. */
const GROUP = 8
const AHEAD = 2 * GROUP
const PAGE = 64

/**
 * Works off the queue of a batch: files are read in children, screened in groups by the inference process, and stored
 * one transaction each. This process only hands on, so that a window of it stays responsive.
 *
 * @param onEnd  called after each file's outcome is on the disk
 * @throws AppError that stops the batch (`registry/…`, `inference/…`, `batch/source-gone`); what is queued stays queued
 */
export async function runQueue(
  tools: BatchTools,
  batch: Batch,
  signal: AbortSignal,
  onEnd: (item: BatchItem) => void,
): Promise<void> {
  const groups = batches(readAhead(tools, batch, signal), GROUP, AHEAD)
  // One group is in the encoder while the one before is stored.
  for await (const [group] of batches(screenGroups(tools.engine, groups), 1, 1)) {
    const rows = await group!.rows
    let next = 0
    for (const read of group!.reads) {
      const row = isScreenable(read) ? rows[next++] : undefined
      if (signal.aborted) return
      await endRead(tools.registry, tools.by, tools.engine, batch.assignment, read, row)
      onEnd(read.item)
    }
  }
}

interface ScreenedGroup {
  reads: ReadItem[]
  rows: Promise<ScreenedRow[]>
}

async function* screenGroups(engine: Engine, groups: AsyncIterable<ReadItem[]>): AsyncGenerator<ScreenedGroup> {
  for await (const reads of groups) {
    const prepared = reads.flatMap(({ reply }) => (reply.ok && reply.value.prepared ? [reply.value.prepared] : []))
    const rows = screenRows(engine, prepared)
    // Whoever stores the group meets the failure; a group that nobody stores any more must not end the process.
    rows.catch(() => undefined)
    yield { reads, rows }
  }
}

const isScreenable = (read: ReadItem): boolean => read.reply.ok && read.reply.value.prepared !== null

/** Files in the order of the queue, read by all readers at once. */
async function* readAhead(
  { registry, readers, answers }: BatchTools,
  { id, source }: Batch,
  signal: AbortSignal,
): AsyncGenerator<ReadItem> {
  const underWay: Promise<ReadItem>[] = []
  let started = 0
  for (let after = 0; ;) {
    const page = listQueued(registry.db, id, after, PAGE)
    for (const item of page) {
      if (signal.aborted) return
      after = item.number
      const reading = readItem(readers[started++ % readers.length]!, answers, source, item)
      reading.catch(() => undefined)
      underWay.push(reading)
      if (underWay.length > readers.length) yield await underWay.shift()!
    }
    if (page.length === 0) break
  }
  for (const reading of underWay) yield await reading
}
