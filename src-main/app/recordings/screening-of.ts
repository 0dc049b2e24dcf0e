import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import type { PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'
import type { Engine } from '../../inference/engine.ts'
import type { NewScreening } from '../../registry/tables/screenings.ts'
import type { ScreenedPerson } from '../../screening/intended-use.ts'
import type { ScreenedRow } from '../../screening/screen-rows.ts'
import type { SiteChoice } from '../../screening/site-choice.ts'
import { toScreeningParts } from '../../screening/to-screening-parts.ts'
import { inputSha256 } from './waveform-blob.ts'

/**
 * The screening of one recording as the registry keeps it, from what the encoder said.
 *
 * @param person     who was recorded, where more is known than the file says
 * @param choice     what the site decided of its screenings
 * @param startedMs  `performance.now()` when its work began
 * @throws AppError `intended-use/…`
 */
export function screeningOf(
  engine: Pick<Engine, 'manifest' | 'key' | 'identity'>,
  { summary, prepared, person = summary }: { summary: EcgSummary; prepared: PreparedEcg; person?: ScreenedPerson },
  { outputs, provider, encodeMs }: Extract<ScreenedRow, { ok: true }>,
  choice: SiteChoice,
  startedMs: number,
): Omit<NewScreening, 'recordingId'> {
  const parts = toScreeningParts(outputs, engine, { ...person, marks: prepared.marks }, choice)
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
