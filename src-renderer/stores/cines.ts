import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { CineId, CineSlide, CineSpread, ErrorReply, MarkedCine, RecordingId, Sampler } from '../contract.ts'
import { useApplicationStore } from './application.ts'
import { forgetsOnLock } from './forgetting.ts'

/** A cine is 50 marked frames, some megabytes: the newest few stay, older ones are made again from their seed. */
const KEPT_CINES = 8
/** Members of spreads and slides, read again from main when they are wanted. */
const KEPT_MEMBERS = 8

/** A cancel is no failure, whichever part of main notices it first. */
const CANCELLED = new Set(['cine/cancelled', 'inference/cancelled'])

/** One cine, several seeds, or a phenotype's slide. */
export type CineTask = 'cine' | 'spread' | 'slide'

export interface RunningCine {
  cineId: CineId
  recordingId: RecordingId
  task: CineTask
  step: number
  of: number
  cancelling: boolean
}

/** Generated cines of this session and what is being made. */
export const useCinesStore = defineStore('cines', () => {
  const application = useApplicationStore()
  const cines = shallowRef<ReadonlyMap<string, MarkedCine>>(new Map())
  const spreads = shallowRef<ReadonlyMap<string, CineSpread>>(new Map())
  const slides = shallowRef<ReadonlyMap<string, CineSlide>>(new Map())
  const failures = shallowRef<ReadonlyMap<string, ErrorReply>>(new Map())
  const running = shallowRef<RunningCine | null>(null)
  const members = new Map<CineId, MarkedCine>()

  const busy = computed(() => running.value !== null)

  /** Why a task of a recording failed the last time, if it did. */
  const failureOf = (recordingId: RecordingId, task: CineTask): ErrorReply | null =>
    failures.value.get(failureKey(recordingId, task)) ?? null

  /** Settles when the cine is there, refused or cancelled. Only one task runs at a time. */
  const generate = (recordingId: RecordingId, seed: number, sampler: Sampler): Promise<void> =>
    run(recordingId, 'cine', async (cineId) => {
      const cine = await call('cine:generate', { cineId, recordingId, seed, sampler })
      return () => {
        cines.value = keep(cines.value, recordingId, cine)
        application.lastProvider = cine.provider
      }
    })

  /** Likewise for several seeds at once. */
  const generateSpread = (recordingId: RecordingId, seeds: number[], sampler: Sampler): Promise<void> =>
    run(recordingId, 'spread', async (cineId) => {
      const spread = await call('cine:generate-spread', { cineId, recordingId, seeds, sampler })
      return () => (spreads.value = keep(spreads.value, recordingId, spread))
    })

  /** Likewise for one seed along a phenotype. */
  const slide = (recordingId: RecordingId, seed: number, sampler: Sampler, phenotype: string): Promise<void> =>
    run(recordingId, 'slide', async (cineId) => {
      const made = await call('cine:slide', { cineId, recordingId, seed, sampler, phenotype })
      return () => (slides.value = keep(slides.value, recordingId, made))
    })

  /** @param work answers with what is to be kept, unless it was cancelled or the window locked meanwhile */
  async function run(
    recordingId: RecordingId,
    task: CineTask,
    work: (cineId: CineId) => Promise<() => void>,
  ): Promise<void> {
    if (busy.value) return
    const cineId = crypto.randomUUID() as CineId
    running.value = { cineId, recordingId, task, step: 0, of: 0, cancelling: false }
    failures.value = without(failures.value, failureKey(recordingId, task))
    const stopListening = on('cine:progress', (event) => {
      if (running.value?.cineId !== event.cineId) return
      running.value = { ...running.value, step: event.step, of: event.of }
    })
    try {
      const keepResult = await work(cineId)
      // Locked meanwhile: it can be made again from its seed.
      if (running.value?.cineId === cineId) keepResult()
    } catch (problem) {
      const error = toErrorReply(problem)
      if (running.value?.cineId === cineId && !CANCELLED.has(error.code))
        failures.value = new Map(failures.value).set(failureKey(recordingId, task), error)
    } finally {
      stopListening()
      if (running.value?.cineId === cineId) running.value = null
    }
  }

  async function cancel(): Promise<void> {
    if (!running.value || running.value.cancelling) return
    running.value = { ...running.value, cancelling: true }
    await call('cine:cancel', { cineId: running.value.cineId })
  }

  /** The frames of a member of a spread or a slide. @throws AppError `cmr/unknown-generated` once newer ones took its place */
  async function readMember(cineId: CineId): Promise<MarkedCine> {
    const known = members.get(cineId)
    if (known) return known
    const cine = await call('cine:read', { cineId })
    members.set(cineId, cine)
    for (const oldest of [...members.keys()].slice(0, -KEPT_MEMBERS)) members.delete(oldest)
    return cine
  }

  forgetsOnLock(() => {
    void cancel().catch(() => undefined)
    running.value = null
    cines.value = new Map()
    spreads.value = new Map()
    slides.value = new Map()
    failures.value = new Map()
    members.clear()
  })

  return { cines, spreads, slides, failures, running, busy, failureOf, generate, generateSpread, slide, cancel, readMember } // prettier-ignore
})

const failureKey = (recordingId: RecordingId, task: CineTask): string =>
  task === 'cine' ? recordingId : `${recordingId} ${task}`

function keep<T>(map: ReadonlyMap<string, T>, key: string, value: T): Map<string, T> {
  return new Map([...without(map, key), [key, value] as const].slice(-KEPT_CINES))
}

function without<T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
