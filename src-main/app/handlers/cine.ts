import type { CineId, CineOrigin } from '../../../src-preload/contract/index.ts'
import { generateCines } from '../cines/generate-cines.ts'
import { showCine, showMember } from '../cines/show-cine.ts'
import { shiftsAlong } from '../cines/slide.ts'
import { describeSpread } from '../cines/spread.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { RunningJobs } from '../running-jobs.ts'
import type { Services } from '../services.ts'

type CineChannel = Extract<keyof Handlers, `cine:${string}`>

const OF_SEED: CineOrigin = { kind: 'seed' }

/** `cine:*` — generated cines. Pixels leave this place only with the mark burned in. */
export function cineHandlers(services: Services, emit: Emit): Pick<Handlers, CineChannel> {
  const jobs = new RunningJobs<CineId>({
    code: 'cine/already-running',
    message: 'This cine is being generated already. Wait until it is finished, or cancel it.',
  })
  const progressOf = (cineId: CineId) => (step: number, of: number) => emit('cine:progress', { cineId, step, of })
  return {
    'cine:generate': ({ cineId, recordingId, seed, sampler }) =>
      jobs.run(cineId, async (signal) => {
        const members = [{ id: cineId, seed, origin: OF_SEED }]
        const wanted = { recordingId, sampler, members, signal, onStep: progressOf(cineId) }
        const [cine] = await generateCines(services, wanted)
        return showCine(cine!)
      }),
    'cine:generate-spread': ({ cineId, recordingId, seeds, sampler }) =>
      jobs.run(cineId, async (signal) => {
        const members = seeds.map((seed) => ({ seed, origin: OF_SEED }))
        const wanted = { recordingId, sampler, members, signal, onStep: progressOf(cineId) }
        const cines = await generateCines(services, wanted)
        return describeSpread(cineId, cines, services.cines, signal)
      }),
    'cine:slide': ({ cineId, recordingId, seed, sampler, phenotype }) =>
      jobs.run(cineId, async (signal) => {
        const { steps, shifts } = shiftsAlong((await services.engine()).manifest, phenotype)
        const members = steps.map((deviations) => ({
          seed,
          origin: { kind: 'moved', phenotype, deviations } satisfies CineOrigin,
        }))
        const wanted = { recordingId, sampler, members, shifts, signal, onStep: progressOf(cineId) }
        const cines = await generateCines(services, wanted)
        return {
          id: cineId,
          recordingId,
          phenotype,
          members: cines.map((cine, index) => ({ ...showMember(cine), deviations: steps[index]! })),
        }
      }),
    'cine:read': ({ cineId }) => showCine(services.cines.generated(cineId)),
    'cine:cancel': ({ cineId }) => jobs.cancel(cineId),
  }
}
