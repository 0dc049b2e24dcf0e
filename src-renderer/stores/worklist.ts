import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, Output, RecordingId, SavedView, WorkFilter } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'
import { createRowPages } from './row-pages.ts'

export type WorkOrder = 'importedAt' | 'recordedAt' | 'patient' | 'state' | 'risk'

export const EVERYTHING: WorkFilter = { text: '', states: [], unassigned: false, positive: false, today: false }
export const ALL_COLUMNS = ['patient', 'recording', 'recorded', 'quality', 'risk', 'state'] as const

/** What waits: the filtered, sorted list of recordings, and how many there are of each kind. */
export const useWorklistStore = defineStore('worklist', () => {
  const filter = shallowRef<WorkFilter>(EVERYTHING)
  const order = shallowRef<WorkOrder>('importedAt')
  const descending = shallowRef(true)
  const columns = shallowRef<readonly string[]>(ALL_COLUMNS)
  const counts = shallowRef<Output<'worklist:count'> | null>(null)
  const views = shallowRef<readonly SavedView[]>([])
  const selectedId = shallowRef<RecordingId | null>(null)
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)

  const pages = createRowPages((offset, limit) =>
    call('worklist:query', {
      filter: filter.value,
      order: order.value,
      descending: descending.value,
      offset,
      limit,
    }),
  )
  const selectedIndex = computed(() => pages.rows.value.findIndex((row) => row?.id === selectedId.value))

  /** Asks for the list anew: after a change of the filter, and after something came in. */
  async function refresh(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      await Promise.all([pages.restart(), count()])
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  async function count(): Promise<void> {
    try {
      counts.value = await call('worklist:count', undefined)
    } catch {
      // A number in the margin: who may not see the work list has none.
      counts.value = null
    }
  }

  async function choose(next: Partial<WorkFilter>): Promise<void> {
    filter.value = { ...filter.value, ...next }
    await refresh()
  }

  async function sortBy(next: WorkOrder): Promise<void> {
    descending.value = next === order.value ? !descending.value : next !== 'patient'
    order.value = next
    await refresh()
  }

  /** The recording so many rows below the given one; undefined at the ends. */
  async function neighbour(id: string, step: number): Promise<RecordingId | undefined> {
    const index = pages.rows.value.findIndex((row) => row?.id === id)
    if (index < 0) return undefined
    const target = index + step
    await pages.show(target, target)
    return pages.rows.value[target]?.id
  }

  /** @throws AppError */
  async function listUnscreened(): Promise<RecordingId[]> {
    return call('worklist:list-unscreened', { filter: filter.value })
  }

  /** @throws AppError */
  async function exportCsv(): Promise<{ fileName: string; text: string }> {
    return call('worklist:export-csv', { filter: filter.value, order: order.value, descending: descending.value })
  }

  async function loadViews(): Promise<void> {
    views.value = await call('worklist:list-views', undefined)
  }

  /** @throws AppError */
  async function saveView(name: string): Promise<void> {
    const known = views.value.find((view) => view.name === name)
    views.value = await call('worklist:save-view', {
      id: known?.id ?? crypto.randomUUID(),
      name,
      filter: filter.value,
      order: order.value,
      descending: descending.value,
      columns: [...columns.value],
    })
  }

  async function removeView(id: string): Promise<void> {
    views.value = await call('worklist:remove-view', { id })
  }

  async function applyView(view: SavedView): Promise<void> {
    filter.value = view.filter
    order.value = view.order
    descending.value = view.descending
    columns.value = view.columns
    await refresh()
  }

  forgetsOnLock(() => {
    filter.value = EVERYTHING
    order.value = 'importedAt'
    descending.value = true
    counts.value = null
    views.value = []
    selectedId.value = null
    error.value = null
    loading.value = false
    pages.clear()
  })

  return {
    filter,
    order,
    descending,
    columns,
    counts,
    views,
    selectedId,
    selectedIndex,
    loading,
    error,
    rows: pages.rows,
    total: pages.total,
    show: pages.show,
    refresh,
    count,
    choose,
    sortBy,
    neighbour,
    listUnscreened,
    exportCsv,
    loadViews,
    saveView,
    removeView,
    applyView,
  }
})
