import type { DiseaseResult, OperatingPoint } from '../../contract.ts'

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

/** What would tell whether a positive screening is right. */
export const NEXT_KEYS = {
  cad: 'findings.nextCad',
  hf: 'findings.nextHf',
  cm: 'findings.nextCm',
  ph: 'findings.nextPh',
} as const satisfies Record<DiseaseResult['id'], string>

export const POINT_KEYS = {
  screen: 'findings.pointScreen',
  balanced: 'findings.pointBalanced',
  'rule-in': 'findings.pointRuleIn',
} as const satisfies Record<OperatingPoint, string>

/** What each threshold was chosen for. */
export const POINT_NOTES = {
  screen: 'findings.pointScreenNote',
  balanced: 'findings.pointBalancedNote',
  'rule-in': 'findings.pointRuleInNote',
} as const satisfies Record<OperatingPoint, string>
