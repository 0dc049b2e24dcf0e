import { setImmediate as turn } from 'node:timers/promises'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { Engine } from '../../inference/engine.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { addItems, listQueued, takenFiles, type NewItem } from '../../registry/tables/batch-items.ts'
import { countItems } from '../../registry/tables/batch-lists.ts'
import { getBatch, setBatchState, type Batch } from '../../registry/tables/batches.ts'
import type { AnswerMemory } from '../reading/answer-memory.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'
import { listFolder, listTable } from './list-source.ts'
import { runQueue, type BatchTools } from './run-queue.ts'
import { watchFolder } from './watch-folder.ts'

/** What a batch needs of the application. */
export interface BatchServices {
  readonly access: WorkspaceAccess
  readonly answers: AnswerMemory
  openReader(): WatchedReader
  engine(): Promise<Engine>
  /** Children that read at the same time. */
  readonly readerCount: number
  readonly pollMs: number
  /** Never goes back. */
  now(): number
}

/** Files queued in one transaction: small enough that the window waits for none. */
const QUEUED_AT_ONCE = 200
/** The first files of a run say little about the others. */
const FORECAST_AFTER = 10

/** One batch while this process works at it. It holds the registry open, so that a lock of the window ends nothing. */
export class BatchRun {
  readonly batchId: string
  /** Settles when the work has ended, for whatever reason. */
  readonly ended: Promise<void>
  error: ErrorReply | null = null
  over = false
  readonly #services: BatchServices
  readonly #ends = new AbortController()
  readonly #log: (line: string) => void
  readonly #onProgress: () => void
  #total = 0
  #done = 0
  #doneHere = 0
  #startedMs: number

  /** @param onProgress  called after each file */
  constructor(services: BatchServices, batchId: string, log: (line: string) => void, onProgress: () => void) {
    this.#services = services
    this.batchId = batchId
    this.#log = log
    this.#startedMs = services.now()
    this.#onProgress = onProgress
    this.ended = this.#run()
  }

  get progress(): { done: number; of: number; remainingMs: number | null } {
    const left = this.#total - this.#done
    const known = this.#doneHere >= FORECAST_AFTER && left > 0
    const perFileMs = (this.#services.now() - this.#startedMs) / this.#doneHere
    return { done: this.#done, of: this.#total, remainingMs: known ? left * perFileMs : null }
  }

  /** Ends the work after the file that is being stored; the others stay queued. */
  stop(): Promise<void> {
    this.#ends.abort()
    return this.ended
  }

  async #run(): Promise<void> {
    const { access, answers, openReader, engine, readerCount } = this.#services
    const { registry, release } = access.holdOpen()
    const by = access.actor()
    const readers = Array.from({ length: readerCount }, () => openReader())
    try {
      const tools: BatchTools = { registry, by, engine: await engine(), readers, answers }
      await this.#work(tools, getBatch(registry.db, this.batchId))
    } catch (error) {
      // Stopped in the middle, what was under way fails as it may.
      if (!this.#ends.signal.aborted) this.error = this.#toReply(error)
    } finally {
      this.over = true
      for (const reader of readers) reader.close()
      release()
    }
  }

  async #work(tools: BatchTools, batch: Batch): Promise<void> {
    const { signal } = this.#ends
    if (batch.state === 'listing') await this.#list(tools, batch)
    if (signal.aborted) return
    // An answer that was given meanwhile has put files back into the queue.
    do await this.#drain(tools, batch)
    while (!signal.aborted && countItems(tools.registry.db, batch.id).queued > 0)
    if (batch.kind === 'watch') await this.#watch(tools, batch)
    else if (!signal.aborted) tools.registry.change(tools.by, (change) => setBatchState(change, batch.id, 'finished'))
  }

  /** Finds all files first: a batch that was killed here finds them again and queues none twice. */
  async #list({ registry, by, readers }: BatchTools, batch: Batch): Promise<void> {
    let waiting: NewItem[] = []
    const queue = (items: NewItem[]): void => void registry.change(by, (change) => addItems(change, batch.id, items))
    for await (const item of itemsOf(readers[0]!, registry, batch)) {
      if (this.#ends.signal.aborted) return
      waiting.push(item)
      if (waiting.length < QUEUED_AT_ONCE) continue
      queue(waiting)
      waiting = []
      await turn()
    }
    if (waiting.length > 0) queue(waiting)
    registry.change(by, (change) => setBatchState(change, batch.id, 'running'))
  }

  async #drain(tools: BatchTools, batch: Batch): Promise<void> {
    const { queued, ...ended } = countItems(tools.registry.db, batch.id)
    this.#done = Object.values(ended).reduce((sum, count) => sum + count, 0)
    this.#total = this.#done + queued
    this.#doneHere = 0
    this.#startedMs = this.#services.now()
    await runQueue(tools, batch, this.#ends.signal, () => {
      this.#done += 1
      this.#doneHere += 1
      this.#onProgress()
    })
  }

  #toReply(error: unknown): ErrorReply {
    if (error instanceof AppError) return error.toReply()
    // Name only: the message of an unexpected error may quote a file or a patient.
    this.#log(`batch: ${error instanceof Error ? error.name : typeof error}`)
    return { code: 'app/internal', message: 'Something failed inside the application. What is done stays; continue.' }
  }

  async #watch(tools: BatchTools, batch: Batch): Promise<void> {
    const { registry, by, readers } = tools
    const taken = takenFiles(registry.db, batch.id)
    const found = watchFolder(readers[0]!, batch.source, {
      pollMs: this.#services.pollMs,
      signal: this.#ends.signal,
      isTaken: ({ path, stamp }) => taken.has(`${stamp} ${path}`),
      onGone: (gone) => (this.error = gone ? GONE : null),
    })
    for await (const items of found) {
      for (let from = 0; from < items.length; from += QUEUED_AT_ONCE) {
        const part = items.slice(from, from + QUEUED_AT_ONCE)
        registry.change(by, (change) => addItems(change, batch.id, part))
        await turn()
      }
      for (const { path, stamp } of items) taken.add(`${stamp} ${path}`)
      if (listQueued(registry.db, batch.id, 0, 1).length > 0) await this.#drain(tools, batch)
    }
  }
}

const GONE: ErrorReply = {
  code: 'batch/source-gone',
  message: 'The watched folder is not there at the moment. Connect the drive again; it is looked for until then.',
}

async function* itemsOf(
  reader: WatchedReader,
  { db, environment }: BatchTools['registry'],
  { kind, source }: Batch,
): AsyncGenerator<NewItem> {
  switch (kind) {
    case 'folder':
      return yield* listFolder(reader, source)
    case 'csv': {
      const { items, problems } = await listTable(reader, db, source, environment.now())
      const [first] = problems
      if (first) {
        throw new AppError(
          'batch/table-problems',
          `The table has ${problems.length} problems, the first in row ${first.row}, column ${first.column}: ${first.message}`,
        )
      }
      return yield* items
    }
    case 'watch':
      return
  }
}
