import type { DiseaseResult } from '../../contract.ts'

export const SHORT_KEYS = {
  cad: 'findings.shortCad',
  hf: 'findings.shortHf',
  cm: 'findings.shortCm',
  ph: 'findings.shortPh',
} as const satisfies Record<DiseaseResult['id'], string>

/** What a number for this disease does not mean. */
export const LIMIT_KEYS = {
  cad: 'findings.notCad',
  hf: 'findings.notHf',
  cm: 'findings.notCm',
  ph: 'findings.notPh',
} as const satisfies Record<DiseaseResult['id'], string>
