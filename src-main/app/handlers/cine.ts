import { AppError, type CineId } from '../../../src-preload/contract/index.ts'
import { markCine } from '../../screening/cine/mark.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** One beat per second where no rhythm is measurable. */
const DEFAULT_CYCLE_MS = 1000

/** `cine:*` — the generated cine. Pixels leave this place only with the mark burned in. */
export function cineHandlers(services: Services, emit: Emit): Pick<Handlers, 'cine:generate' | 'cine:cancel'> {
  const running = new Map<CineId, AbortController>()
  return {
    async 'cine:generate'({ cineId, recordingId, seed, sampler }) {
      if (running.has(cineId)) throw new AppError('cine/already-running', 'This cine is already being generated.')
      const { entry, prepared } = services.recordings.get(recordingId)
      if (!prepared) {
        const { code, message } = entry.refusal!
        throw new AppError(code, message)
      }
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
        return {
          id: cineId,
          recordingId,
          ...markCine(generated.cines[0]!),
          cycleMs: entry.ecg.heartRateBpm === null ? DEFAULT_CYCLE_MS : 60_000 / entry.ecg.heartRateBpm,
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
