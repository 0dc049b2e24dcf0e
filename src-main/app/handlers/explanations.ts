import { attachedValues } from '../cines/attached-cines.ts'
import type { ExplanationId, LeadTimeAttribution, SimilarityMap } from '../../../src-preload/contract/explanations.ts'
import { AppError, type CineId, type RecordingId } from '../../../src-preload/contract/index.ts'
import { explainLeads } from '../explanations/explain-leads.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { shuffleLeads } from '../../explanations/shuffle-leads.ts'
import { similarityMap } from '../../explanations/similarity-map.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { RunningJobs } from '../running-jobs.ts'
import { preparedOf } from '../screen-recording.ts'
import type { Services } from '../services.ts'

type ExplanationChannel = Extract<keyof Handlers, `explanations:${string}`>

/** `explanations:*` — what the networks looked at, each map with the controls that it must differ from. */
export function explanationHandlers(services: Services, emit: Emit): Pick<Handlers, ExplanationChannel> {
  const jobs = new RunningJobs<ExplanationId>({
    code: 'explanations/already-running',
    message: 'This explanation is being computed already. Wait until it is finished, or cancel it.',
  })
  return {
    'explanations:map-similarity': async ({ recordingId, cineId }): Promise<SimilarityMap> => {
      const registry = services.access.registry()
      const prepared = preparedOf(registry, getRecording(registry.db, recordingId))
      const cine = cineOf(services, recordingId, cineId)
      const engine = await services.engine()
      const projections = await engine.project([prepared, shuffleLeads(prepared)], cine)
      return { ...similarityMap(projections), provider: projections.provider }
    },
    'explanations:attribute': ({ explanationId, recordingId }): Promise<LeadTimeAttribution> =>
      jobs.run(explanationId, (signal) =>
        explainLeads(services, recordingId, signal, (step, of) =>
          emit('explanations:progress', { explanationId, step, of }),
        ),
      ),
    'explanations:cancel': ({ explanationId }) => jobs.cancel(explanationId),
  }
}

/** @throws AppError `cmr/unknown-generated`, `cmr/not-attached`, `explanations/other-recording` */
function cineOf({ cines, access }: Services, recordingId: RecordingId, cineId: CineId | null): Float32Array {
  if (cineId === null) {
    const attached = attachedValues(access.registry(), recordingId)
    if (attached) return attached
    throw new AppError('cmr/not-attached', 'No real cine is attached to this recording. Attach one first.')
  }
  const { values, facts } = cines.generated(cineId)
  if (facts.recordingId === recordingId) return values
  throw new AppError(
    'explanations/other-recording',
    'The cine was generated from another recording. Generate one from this recording first.',
  )
}
