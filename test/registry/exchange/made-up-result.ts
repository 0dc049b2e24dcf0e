import type { ScreeningResult } from '../../../src-preload/contract/screening.ts'
import type { NewScreening } from '../../../src-main/registry/tables/screenings.ts'

/** A screening whose outputs nobody computed. */
export function madeUpResult(recordingId: string, positive: readonly string[] = ['hf']): NewScreening {
  const diseases = ['cad', 'hf', 'cm', 'ph'].map((id) => ({
    id,
    probability: positive.includes(id) ? 0.8 : 0.1,
    threshold: 0.5,
    positive: positive.includes(id),
  }))
  const result = {
    pack: { id: 'made-up', version: '1.0.0', sha256: 'a'.repeat(64), trained: false },
    provider: 'cpu',
    diseases,
    subtypes: [],
    phenotypes: [],
    marks: [],
  } as unknown as ScreeningResult
  return { recordingId, result, seed: null, preprocessingVersion: '1', inputSha256: 'b'.repeat(64) }
}
