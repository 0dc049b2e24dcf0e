import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, RecordingEntry, RecordingId } from '../contract.ts'
import { useApplicationStore } from './application.ts'
import { forgetsOnLock } from './forgetting.ts'
import { useRecordingsStore } from './recordings.ts'
import { useWorklistStore } from './worklist.ts'

export type RecordingState = 'waiting' | 'screening' | 'screened' | 'refused' | 'failed' | 'unscreened'

/** Screens recordings one after the other, in the order in which they were asked for. */
export const useScreeningStore = defineStore('screening', () => {
  const recordings = useRecordingsStore()
  const application = useApplicationStore()
  const worklist = useWorklistStore()
  const queue = shallowRef<readonly RecordingId[]>([])
  const running = shallowRef<RecordingId | null>(null)
  const failures = shallowRef<ReadonlyMap<string, ErrorReply>>(new Map())
  /** Finished and asked for since the queue was last empty. */
  const progress = shallowRef({ done: 0, of: 0 })

  const busy = computed(() => running.value !== null)
  /** A lock ends a queue; an answer that comes after it is not kept. Main has stored the screening all the same. */
  let question = 0

  /** Why no result is given, now and at any further try; null where there is no such reason. */
  function withheld(entry: RecordingEntry): ErrorReply | null {
    const failure = failures.value.get(entry.id)
    return entry.refusal ?? (failure?.code.startsWith('intended-use/') ? failure : null)
  }

  function stateOf(entry: RecordingEntry): RecordingState {
    if (running.value === entry.id) return 'screening'
    if (queue.value.includes(entry.id)) return 'waiting'
    if (entry.screening) return 'screened'
    if (withheld(entry)) return 'refused'
    return failures.value.has(entry.id) ? 'failed' : 'unscreened'
  }

  /** Queues what can be screened and is not; starts when idle. Settles when the queue is empty. */
  async function enqueue(entries: readonly RecordingEntry[]): Promise<void> {
    if (!application.pack) return
    const waiting = new Set<string>(queue.value)
    const added = entries.filter(
      (entry) => !entry.screening && !entry.refusal && !waiting.has(entry.id) && running.value !== entry.id,
    )
    await enqueueIds(added.map((entry) => entry.id))
  }

  /** Queues recordings that main has named as unscreened. */
  async function enqueueIds(ids: readonly RecordingId[]): Promise<void> {
    const waiting = new Set<string>(queue.value)
    const added = ids.filter((id) => !waiting.has(id) && running.value !== id)
    if (added.length === 0) return
    queue.value = [...queue.value, ...added]
    progress.value = { done: progress.value.done, of: progress.value.of + added.length }
    if (!busy.value) await work()
  }

  /** Adds a further screening to a recording that has one, e.g. with another pack. */
  async function screenAgain(entry: RecordingEntry): Promise<void> {
    await enqueueIds([entry.id])
  }

  /** Lets the running one finish and drops the rest. */
  function stop(): void {
    progress.value = { ...progress.value, of: progress.value.of - queue.value.length }
    queue.value = []
  }

  async function work(): Promise<void> {
    const asked = question
    for (let id = queue.value[0]; id !== undefined; id = queue.value[0]) {
      queue.value = queue.value.slice(1)
      running.value = id
      await screen(id)
      if (asked !== question) return
      progress.value = { ...progress.value, done: progress.value.done + 1 }
    }
    running.value = null
    progress.value = { done: 0, of: 0 }
    await worklist.refresh()
  }

  async function screen(id: RecordingId): Promise<void> {
    const remaining = new Map(failures.value)
    remaining.delete(id)
    failures.value = remaining
    const asked = question
    try {
      const entry = await call('screening:run', { recordingId: id })
      if (asked !== question) return
      recordings.put([entry])
      application.lastProvider = entry.screening?.provider ?? null
    } catch (problem) {
      if (asked === question) failures.value = new Map(failures.value).set(id, toErrorReply(problem))
    }
  }

  forgetsOnLock(() => {
    question += 1
    queue.value = []
    running.value = null
    failures.value = new Map()
    progress.value = { done: 0, of: 0 }
  })

  return { queue, running, failures, progress, busy, stateOf, withheld, enqueue, enqueueIds, screenAgain, stop }
})
