import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type {
  AttachedCineRow,
  CineId,
  CineLikeness,
  CinePlane,
  CinePreparation,
  ErrorReply,
  IdentityComparison,
  PatientId,
  PendingCine,
  PlaneChoice,
  RealCine,
  RecordingId,
} from '../contract.ts'
import type { PickedFile } from '../import/batches.ts'
import { forgetsOnLock } from './forgetting.ts'

/** What was read for a recording and waits for plane, box and beat. */
export interface PendingChoice {
  recordingId: RecordingId
  cines: readonly PendingCine[]
  refusals: readonly { file: string; error: ErrorReply }[]
}

/** Real cines: those of the recordings that were opened, and the choice that is being made. */
export const useRealCinesStore = defineStore('real-cines', () => {
  const attached = shallowRef<ReadonlyMap<string, RealCine | null>>(new Map())
  const pending = shallowRef<PendingChoice | null>(null)
  const reading = shallowRef<RecordingId | null>(null)
  const failure = shallowRef<{ recordingId: RecordingId; error: ErrorReply } | null>(null)

  const busy = computed(() => reading.value !== null)

  async function load(recordingId: RecordingId): Promise<void> {
    if (attached.value.has(recordingId)) return
    remember(recordingId, await call('cmr:read-attached', { recordingId }))
  }

  /** Reads all files of one choice; settles when the cines in them are known or refused. */
  async function readFiles(recordingId: RecordingId, picked: readonly PickedFile[]): Promise<void> {
    if (busy.value || picked.length === 0) return
    reading.value = recordingId
    failure.value = null
    pending.value = null
    try {
      const files = await Promise.all(
        picked.map(async ({ file }) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      )
      pending.value = { recordingId, ...(await call('cmr:read-files', { files })) }
    } catch (problem) {
      failure.value = { recordingId, error: toErrorReply(problem) }
    } finally {
      reading.value = null
    }
  }

  /** @throws AppError */
  const readPlane = (cine: PendingCine, choice: PlaneChoice): Promise<CinePlane> =>
    call('cmr:read-plane', { stackId: cine.id, choice })

  /** @throws AppError */
  const compareIdentity = (cine: PendingCine, recordingId: RecordingId): Promise<IdentityComparison[]> =>
    call('cmr:compare-identity', { stackId: cine.id, recordingId })

  /** @throws AppError */
  async function attach(
    cine: PendingCine,
    recordingId: RecordingId,
    choice: PlaneChoice,
    preparation: CinePreparation,
    identityConfirmed: boolean,
  ): Promise<void> {
    const real = await call('cmr:attach', {
      stackId: cine.id,
      recordingId,
      choice,
      preparation,
      identityConfirmed,
    })
    remember(recordingId, real)
    pending.value = null
  }

  async function detach(recordingId: RecordingId): Promise<void> {
    await call('cmr:detach', { recordingId })
    remember(recordingId, null)
  }

  /** @throws AppError */
  const compare = (recordingId: RecordingId, cineId: CineId): Promise<CineLikeness> =>
    call('cmr:compare', { recordingId, cineId })

  function cancel(): void {
    pending.value = null
    failure.value = null
  }

  /** Of a patient, through the patient's recordings; oldest first. @throws AppError */
  const listOf = (patientId: PatientId): Promise<AttachedCineRow[]> => call('cmr:list-attached', { patientId })

  forgetsOnLock(() => {
    attached.value = new Map()
    reading.value = null
    cancel()
  })

  function remember(recordingId: RecordingId, real: RealCine | null): void {
    attached.value = new Map(attached.value).set(recordingId, real)
  }

  return { attached, pending, reading, failure, busy, load, readFiles, readPlane, compareIdentity, attach, detach, compare, listOf, cancel } // prettier-ignore
})
