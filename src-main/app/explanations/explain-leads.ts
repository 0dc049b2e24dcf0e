import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadTimeAttribution } from '../../../src-preload/contract/explanations.ts'
import type { RecordingId } from '../../../src-preload/contract/index.ts'
import { encoderStartS, ENCODER_RATE_HZ, ENCODER_SAMPLES } from '../../ecg/preprocessing/encoder-input.ts'
import { attribution } from '../../explanations/attribution.ts'
import { shuffleLeads } from '../../explanations/shuffle-leads.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { preparedOf } from '../screen-recording.ts'
import type { Services } from '../services.ts'

/** Of each lead, 0.6 s: two of the encoder's patches, less than a beat. Twice as many would take twice the time. */
const WINDOWS = 15

/**
 * Flattens each stretch of each lead in turn and sees what the outputs do; twice, the second time with the leads
 * shuffled, for the control.
 *
 * @throws AppError the recording's own refusal, `inference/…`, `explanations/cancelled`
 */
export async function explainLeads(
  services: Services,
  recordingId: RecordingId,
  signal: AbortSignal,
  onStep: (step: number, of: number) => void,
): Promise<LeadTimeAttribution> {
  const registry = services.access.registry()
  const prepared = preparedOf(registry, getRecording(registry.db, recordingId))
  const engine = await services.engine()
  const half = (offset: number) => (step: number, of: number) => onStep(offset * of + step, 2 * of)
  const { ecg, amplitude } = prepared
  const own = await engine.occlude({ ecg, amplitude, windows: WINDOWS, signal, onStep: half(0) })
  const control = shuffleLeads({ ecg, amplitude })
  const shuffled = await engine.occlude({ ...control, windows: WINDOWS, signal, onStep: half(1) })
  const { diseases, subtypes, phenotypes } = engine.manifest
  return {
    ...attribution(own, shuffled),
    leads: [...LEAD_NAMES],
    windowS: ENCODER_SAMPLES / WINDOWS / ENCODER_RATE_HZ,
    startS: encoderStartS(prepared.window),
    targets: [...diseases, ...subtypes, ...phenotypes].map(({ id }) => id),
    units: [...[...diseases, ...subtypes].map(() => ''), ...phenotypes.map(({ unit }) => unit)],
    provider: own.provider,
  }
}
