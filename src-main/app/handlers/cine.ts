import { AppError, type CineId } from '../../../src-preload/contract/index.ts'
import { cycleMsOf } from '../../screening/cine/cycle.ts'
import { markCine } from '../../screening/cine/mark.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { preparedOf } from '../screen-recording.ts'
import type { Services } from '../services.ts'

/** `cine:*` — the generated cine. Pixels leave this place only with the mark burned in. */
export function cineHandlers(services: Services, emit: Emit): Pick<Handlers, 'cine:generate' | 'cine:cancel'> {
  const running = new Map<CineId, AbortController>()
  return {
    async 'cine:generate'({ cineId, recordingId, seed, sampler }) {
      if (running.has(cineId)) throw new AppError('cine/already-running', 'This cine is already being generated.')
      const registry = services.access.registry()
      const recording = getRecording(registry.db, recordingId)
      const prepared = preparedOf(registry, recording)
      const cancel = new AbortController()
      running.set(cineId, cancel)
      try {
        const engine = await services.engine()
        const generated = await engine.generateCine({
          ecg: prepared.ecg,
          amplitude: prepared.amplitude,
          seeds: [seed],
          sampler,
          signal: cancel.signal,
          onStep: (step, of) => emit('cine:progress', { cineId, step, of }),
        })
        services.cines.keepGenerated(cineId, generated.cines[0]!)
        return {
          id: cineId,
          recordingId,
          ...markCine(generated.cines[0]!),
          cycleMs: cycleMsOf(recording.summary.heartRateBpm),
          seed,
          sampler,
          provider: generated.provider,
          timingsMs: generated.timingsMs,
        }
      } finally {
        running.delete(cineId)
      }
    },
    'cine:cancel': ({ cineId }) => running.get(cineId)?.abort(),
  }
}
