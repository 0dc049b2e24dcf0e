import { AppError } from '../../src-preload/contract/index.ts'
import type { ScreeningResult } from '../../src-preload/contract/screening.ts'
import { toScreeningParts } from '../screening/to-screening-parts.ts'
import type { Services } from './services.ts'
import type { SessionRecording } from './session-recordings.ts'

/**
 * Screens one recording of this session: encoder input made at import, task encoder, calibrated results.
 *
 * @throws AppError the recording's own refusal (`quality/…`, `ecg/…`), `pack/…`, `intended-use/…`, `inference/…`
 */
export async function screenRecording(services: Services, recording: SessionRecording): Promise<ScreeningResult> {
  const { entry, prepared } = recording
  if (!prepared) throw toError(entry.refusal)
  const engine = await services.engine()
  const started = performance.now()
  const outputs = await engine.screen([{ ecg: prepared.ecg, amplitude: prepared.amplitude }])
  const parts = toScreeningParts(outputs.rows[0]!, engine, { ...entry.ecg, marks: prepared.marks })
  return {
    ecg: { ...entry.ecg, window: prepared.window },
    pack: engine.identity,
    provider: outputs.provider,
    ...parts,
    timingsMs: { encode: outputs.ms, total: performance.now() - started },
  }
}

function toError(refusal: SessionRecording['entry']['refusal']): AppError {
  if (!refusal) throw new Error('a recording without encoder input has a refusal')
  return new AppError(refusal.code, refusal.message)
}
