import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import type { PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'
import type { Engine } from '../../inference/engine.ts'
import type { NewScreening } from '../../registry/tables/screenings.ts'
import type { ScreenedRow } from '../../screening/screen-rows.ts'
import type { SiteChoice } from '../../screening/site-choice.ts'
import { toScreeningParts } from '../../screening/to-screening-parts.ts'
import { inputSha256 } from './waveform-blob.ts'

/**
 * The screening of one recording as the registry keeps it, from what the encoder said.
 *
 * @param choice     what the site decided of its screenings
 * @param startedMs  `performance.now()` when its work began
 * @throws AppError `intended-use/…`
 */
export function screeningOf(
  engine: Pick<Engine, 'manifest' | 'key' | 'identity'>,
  { summary, prepared }: { summary: EcgSummary; prepared: PreparedEcg },
  { outputs, provider, encodeMs }: Extract<ScreenedRow, { ok: true }>,
  choice: SiteChoice,
  startedMs: number,
): Omit<NewScreening, 'recordingId'> {
  const parts = toScreeningParts(outputs, engine, { ...summary, marks: prepared.marks }, choice)
  return {
    result: {
      ecg: { ...summary, window: prepared.window },
      pack: engine.identity,
      provider,
      ...parts,
      timingsMs: { encode: encodeMs, total: performance.now() - startedMs },
    },
    seed: null,
    preprocessingVersion: engine.manifest.preprocessing.version,
    inputSha256: inputSha256(prepared),
  }
}
