import type { BatchId, BatchProgress, BatchSummary, TableProblem } from '../../../src-preload/contract/index.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { addBatch, getBatch, listBatches, listUnfinished, setBatchState, type Batch } from '../../registry/tables/batches.ts' // prettier-ignore
import { BatchRun, type BatchServices } from './batch-run.ts'
import { checkSource, listTable } from './list-source.ts'
import { summarise } from './summarise.ts'

/** The window is told at most this often. */
const TELL_EVERY_MS = 250
const MOST_LISTED = 100

/** The batches of a workspace, and those that this process works at: at most one, and one folder that is watched. */
export class BatchDesk {
  readonly #services: BatchServices
  readonly #log: (line: string) => void
  readonly #runs = new Map<string, BatchRun>()
  readonly #listeners = new Set<(progress: BatchProgress) => void>()
  readonly #stopFollowing: () => void
  #toldMs = 0

  constructor(services: BatchServices, log: (line: string) => void) {
    this.#services = services
    this.#log = log
    // A lock leaves a batch running; a sign-out takes the key away, so the batch rests until somebody signs in.
    this.#stopFollowing = services.access.onChange(({ person, lockedPerson }) => {
      if (person === null && lockedPerson === null) void this.stopAll()
    })
  }

  onProgress(listener: (progress: BatchProgress) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * Starts a batch of a folder, a table or a watched folder.
   *
   * @returns the problems of a table, with no batch then
   * @throws AppError `batch/busy`, `batch/no-such-source`, `batch/network-path`, `pack/…`
   */
  async start(
    order: Pick<Batch, 'kind' | 'source' | 'assignment'>,
  ): Promise<{ batchId: string | null; problems: TableProblem[] }> {
    const { access } = this.#services
    const registry = access.registry()
    this.#refuseSecond(order.kind)
    const source = await checkSource(order.kind, order.source)
    await this.#services.engine()
    if (order.kind === 'csv') {
      const problems = await this.#problemsOf(source)
      if (problems.length > 0) return { batchId: null, problems }
    }
    this.#refuseSecond(order.kind)
    const batchId = registry.change(access.actor(), (change) => addBatch(change, { ...order, source }))
    this.#begin(batchId)
    return { batchId, problems: [] }
  }

  /** @throws AppError `batch/unknown`, `batch/not-running` */
  async pause(batchId: string): Promise<void> {
    this.#require(batchId, ['listing', 'running'])
    await this.#stop(batchId)
    // One that was still being listed is listed again when it goes on.
    if (this.#batch(batchId).state === 'running') this.#setState(batchId, 'paused')
  }

  /** Goes on where it stopped. @throws AppError `batch/unknown`, `batch/busy`, `batch/not-running` */
  async resume(batchId: string): Promise<void> {
    const { state, kind } = this.#require(batchId, ['listing', 'running', 'paused'])
    if (this.#isWorking(batchId)) return
    this.#refuseSecond(kind)
    if (state === 'paused') this.#setState(batchId, 'running')
    this.#begin(batchId)
  }

  /** @throws AppError `batch/unknown`, `batch/not-running` */
  async cancel(batchId: string): Promise<void> {
    this.#require(batchId, ['listing', 'running', 'paused'])
    await this.#stop(batchId)
    this.#setState(batchId, 'cancelled')
  }

  /** Files went back into the queue of a batch: works at them, as soon as nothing else is. */
  reopen(batchId: string): void {
    const { state } = this.#batch(batchId)
    if (state === 'paused') return
    if (state === 'finished' || state === 'cancelled') this.#setState(batchId, 'running')
    if (!this.#isWorking(batchId) && !this.#isBusy(this.#batch(batchId).kind)) this.#begin(batchId)
  }

  /** After a kill, a sign-out or the end of another batch: whatever was running runs again, the oldest first. */
  resumeUnfinished(): void {
    if (this.#services.access.describe().state !== 'open') return
    for (const { id, state, kind } of listUnfinished(this.#services.access.registry().db)) {
      // One that failed waits for somebody to mend what stopped it.
      if (state === 'paused' || this.#runs.get(id)?.error || this.#isWorking(id)) continue
      if (!this.#isBusy(kind)) this.#begin(id)
    }
  }

  /** The unfinished batch of a source, if there is one. */
  unfinishedOf(kind: Batch['kind'], source: string): Batch | undefined {
    const all = listUnfinished(this.#services.access.registry().db)
    return all.find((batch) => batch.kind === kind && batch.source === source)
  }

  list(): BatchSummary[] {
    return listBatches(this.#services.access.registry().db, MOST_LISTED).map((batch) => this.#summary(batch))
  }

  summary(batchId: string): BatchSummary {
    return this.#summary(this.#batch(batchId))
  }

  /** Settles when this process works at the batch no more. */
  async idle(batchId: string): Promise<void> {
    await this.#runs.get(batchId)?.ended
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.stop()))
  }

  async close(): Promise<void> {
    this.#stopFollowing()
    this.#listeners.clear()
    await this.stopAll()
  }

  #begin(batchId: string): void {
    const before = this.#runs.get(batchId)
    if (before?.over === false) void before.ended.then(() => this.#beginNow(batchId))
    else this.#beginNow(batchId)
  }

  #beginNow(batchId: string): void {
    // Signed out or locked meanwhile: whoever signs in next finds the batch unfinished.
    if (this.#services.access.describe().state !== 'open') return
    const run = new BatchRun(this.#services, batchId, this.#log, () => this.#tell(run))
    this.#runs.set(batchId, run)
    void run.ended.then(() => this.#tell(run))
  }

  async #stop(batchId: string): Promise<void> {
    await this.#runs.get(batchId)?.stop()
    this.#runs.delete(batchId)
  }

  #tell(run: BatchRun): void {
    const { access, now } = this.#services
    if (!run.over && now() - this.#toldMs < TELL_EVERY_MS) return
    // Who looks at a locked window is told nothing; it asks anew when it is unlocked.
    if (access.describe().state !== 'open') return
    this.#toldMs = now()
    const progress = { batchId: run.batchId as BatchId, state: this.#batch(run.batchId).state, ...run.progress }
    for (const listener of this.#listeners) listener(progress)
  }

  #summary(batch: Batch): BatchSummary {
    const run = this.#runs.get(batch.id)
    const working = this.#isWorking(batch.id)
    const { db } = this.#services.access.registry()
    return summarise(db, batch, {
      working,
      error: run?.error ?? null,
      remainingMs: working ? run!.progress.remainingMs : null,
    })
  }

  #isWorking(batchId: string): boolean {
    return this.#runs.get(batchId)?.over === false
  }

  #isBusy(kind: Batch['kind']): boolean {
    return [...this.#runs.values()].some(
      (run) => !run.over && (this.#batch(run.batchId).kind === 'watch') === (kind === 'watch'),
    )
  }

  #batch(batchId: string): Batch {
    return getBatch(this.#services.access.registry().db, batchId)
  }

  #setState(batchId: string, state: Batch['state']): void {
    const { access } = this.#services
    access.registry().change(access.actor(), (change) => setBatchState(change, batchId, state))
  }

  #require(batchId: string, states: readonly Batch['state'][]): Batch {
    const batch = this.#batch(batchId)
    if (states.includes(batch.state)) return batch
    throw new AppError('batch/not-running', 'This batch has ended. Start another one for further files.')
  }

  /** One batch at a time: two would only share the processor. A watched folder goes on beside it. */
  #refuseSecond(kind: Batch['kind']): void {
    if (!this.#isBusy(kind)) return
    throw new AppError(
      'batch/busy',
      kind === 'watch'
        ? 'A folder is being watched already. End that first, or start a batch of this folder.'
        : 'A batch is running already. Wait until it is finished, or pause it.',
    )
  }

  async #problemsOf(path: string): Promise<TableProblem[]> {
    const { access } = this.#services
    const reader = this.#services.openReader()
    try {
      return (await listTable(reader, access.registry().db, path, access.environment.now())).problems
    } finally {
      reader.close()
    }
  }
}
