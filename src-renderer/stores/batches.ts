import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type {
  BatchOutcome,
  BatchProgress,
  BatchQuestion,
  BatchRow,
  BatchSummary,
  ErrorReply,
  TableProblem,
} from '../contract.ts'
import { useAnsweringStore } from './answering.ts'
import { forgetsOnLock } from './forgetting.ts'
import { createRowPages } from './row-pages.ts'

export type BatchOrder = Pick<BatchSummary, 'kind' | 'source' | 'assignment'>

/** While a batch runs, its table is fetched anew at most this often. */
const REFRESH_EVERY_MS = 1500

/** Batches: the list of them, and the one that is open with its files. */
export const useBatchesStore = defineStore('batches', () => {
  const answering = useAnsweringStore()
  const list = shallowRef<readonly BatchSummary[]>([])
  const current = shallowRef<BatchSummary | null>(null)
  const questions = shallowRef<readonly BatchQuestion[]>([])
  const problems = shallowRef<readonly TableProblem[]>([])
  const progress = shallowRef<BatchProgress | null>(null)
  const outcomes = shallowRef<readonly BatchOutcome[]>([])
  const text = shallowRef('')
  const selectedId = shallowRef<string | null>(null)
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)
  let refreshedMs = 0

  const pages = createRowPages((offset, limit) =>
    call('batch:list-items', {
      batchId: current.value!.id,
      outcomes: [...outcomes.value],
      text: text.value,
      offset,
      limit,
    }),
  )
  const selectedIndex = computed(() => pages.rows.value.findIndex((row) => row?.id === selectedId.value))
  /** How far the open batch is: by the last word of main, or by its counts. */
  const live = computed(() => {
    const batch = current.value
    if (!batch) return { done: 0, of: 0, remainingMs: null }
    if (progress.value?.batchId === batch.id) return progress.value
    const { queued, ...ended } = batch.counts
    const done = Object.values(ended).reduce((sum, count) => sum + count, 0)
    return { done, of: done + queued, remainingMs: batch.remainingMs }
  })

  async function load(): Promise<void> {
    await attempt(async () => (list.value = await call('batch:list', undefined)))
  }

  async function open(batchId: BatchSummary['id']): Promise<void> {
    if (current.value?.id !== batchId) {
      current.value = progress.value = selectedId.value = null
      outcomes.value = []
      text.value = ''
      pages.clear()
    }
    await attempt(async () => {
      current.value = await call('batch:read', { batchId })
      await Promise.all([pages.restart(), loadQuestions()])
    })
  }

  /** @returns the batch; null where its table has problems, which stand in `problems` then. @throws AppError */
  async function start(order: BatchOrder): Promise<BatchSummary | null> {
    problems.value = []
    const started = await call('batch:start', order)
    problems.value = started.problems
    return started.batch
  }

  function forgetProblems(): void {
    problems.value = []
  }

  /** @throws AppError */
  async function change(what: 'pause' | 'resume' | 'cancel'): Promise<void> {
    if (current.value) take(await call(`batch:${what}`, { batchId: current.value.id }))
  }

  async function choose(next: readonly BatchOutcome[], words = text.value): Promise<void> {
    outcomes.value = next
    text.value = words
    await attempt(() => pages.restart())
  }

  /** Opens the questions about a file; the answer counts for all files with its header. @throws AppError */
  async function ask({ itemId, file, error: refusal }: BatchQuestion): Promise<void> {
    const { files } = await call('batch:read-files', { itemId })
    await answering.open({
      file: files[0]!.name,
      shownAs: file,
      error: refusal,
      picked: files.map(({ name, bytes }) => ({ folder: '', file: new File([new Uint8Array(bytes)], name) })),
      answer: async (said) => {
        take(await call('batch:answer', { itemId, ...said }))
        await refresh()
      },
    })
  }

  /** @throws AppError */
  async function refuse({ itemId }: BatchQuestion): Promise<void> {
    take(await call('batch:refuse', { itemId }))
    await refresh()
  }

  /** @throws AppError */
  async function decide(row: BatchRow, assign: boolean, reason: string): Promise<void> {
    take(await call('batch:decide-identity', { itemId: row.id, assign, reason }))
    await refresh()
  }

  /** The desktop's own dialog; null where the user chose none. @throws AppError */

  /** @throws AppError */
  const exportCsv = (): Promise<{ fileName: string; text: string }> =>
    call('batch:export-csv', { batchId: current.value!.id })

  /** @throws AppError */
  const template = (): Promise<{ fileName: string; text: string }> => call('batch:template', undefined)

  async function refresh(): Promise<void> {
    const batch = current.value
    if (!batch) return
    refreshedMs = performance.now()
    await attempt(async () => {
      take(await call('batch:read', { batchId: batch.id }))
      await Promise.all([pages.restart(), loadQuestions()])
    })
  }

  async function loadQuestions(): Promise<void> {
    const batchId = current.value!.id
    const found = await call('batch:list-questions', { batchId })
    if (current.value?.id === batchId) questions.value = found
  }

  function take(batch: BatchSummary): void {
    if (current.value?.id === batch.id) current.value = batch
    list.value = list.value.map((other) => (other.id === batch.id ? batch : other))
  }

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    loading.value = true
    error.value = null
    try {
      await work()
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  on('batch:progress', (told) => {
    if (told.batchId !== current.value?.id) return
    const ended = told.state !== 'running' && told.state !== 'listing'
    progress.value = ended ? null : told
    if (ended || performance.now() - refreshedMs > REFRESH_EVERY_MS) void refresh()
  })

  forgetsOnLock(() => {
    list.value = questions.value = problems.value = outcomes.value = []
    current.value = progress.value = selectedId.value = error.value = null
    text.value = ''
    pages.clear()
  })

  return {
    list,
    current,
    questions,
    problems,
    outcomes,
    text,
    selectedId,
    selectedIndex,
    live,
    loading,
    error,
    rows: pages.rows,
    total: pages.total,
    show: pages.show,
    load,
    open,
    start,
    forgetProblems,
    change,
    choose,
    ask,
    refuse,
    decide,
    exportCsv,
    template,
    refresh,
  }
})
