import type { OperatingPoint } from '../../src-preload/contract/settings.ts'
import type { Disease } from '../../src-preload/contract/manifest.ts'

/** Under which name the manifest has the threshold of each operating point. */
export const THRESHOLD_NAMES = {
  screen: 'sensitivity90',
  balanced: 'youden',
  'rule-in': 'specificity98',
} as const satisfies Record<OperatingPoint, keyof Disease['thresholds']>

/** @returns undefined where the pack has no such threshold for this disease */
export function thresholdAt({ thresholds }: Disease, point: OperatingPoint): number | undefined {
  return thresholds[THRESHOLD_NAMES[point]]
}

/** The point itself where the pack has it for every disease, else `balanced`, which every pack has. */
export function usablePoint(diseases: readonly Disease[], point: OperatingPoint): OperatingPoint {
  return diseases.every((disease) => thresholdAt(disease, point) !== undefined) ? point : 'balanced'
}
