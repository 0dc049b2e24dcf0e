import { randomUUID } from 'node:crypto'
import type { CineId, CineOrigin, RecordingId } from '../../../src-preload/contract/index.ts'
import type { Sampler } from '../../../src-preload/contract/screening.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { cycleMsOf } from '../../screening/cine/cycle.ts'
import { preparedOf } from '../screen-recording.ts'
import type { Services } from '../services.ts'
import type { GeneratedCine } from './session-cines.ts'

export interface WantedCines {
  recordingId: RecordingId
  sampler: Sampler
  /** One cine each, decoded together. */
  members: readonly { seed: number; origin: CineOrigin; id?: CineId }[]
  /** Added to the ECG's feature, one row per member. */
  shifts?: Float32Array
  signal: AbortSignal
  onStep: (step: number, of: number) => void
}

/**
 * Generates cines of one recording and keeps them in the session, in the order of `members`.
 *
 * @throws AppError the recording's own refusal, `inference/…`, `cine/cancelled`
 */
export async function generateCines(
  services: Services,
  { recordingId, sampler, members, shifts, signal, onStep }: WantedCines,
): Promise<GeneratedCine[]> {
  const registry = services.access.registry()
  const recording = getRecording(registry.db, recordingId)
  const { ecg, amplitude } = preparedOf(registry, recording)
  const engine = await services.engine()
  const seeds = members.map(({ seed }) => seed)
  const made = await engine.generateCine({ ecg, amplitude, seeds, sampler, shifts, signal, onStep })
  const cines = members.map(({ seed, origin, id }, index) => ({
    values: made.cines[index]!,
    facts: {
      id: id ?? (randomUUID() as CineId),
      recordingId,
      origin,
      cycleMs: cycleMsOf(recording.summary.heartRateBpm),
      seed,
      sampler,
      provider: made.provider,
      timingsMs: made.timingsMs,
    },
  }))
  // Locked meanwhile: nothing of it is kept.
  services.access.registry()
  for (const cine of cines) services.cines.keepGenerated(cine)
  return cines
}
