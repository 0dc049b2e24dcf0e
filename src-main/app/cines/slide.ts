import { AppError } from '../../../src-preload/contract/index.ts'
import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'

/**
 * The shifts of the ECG's feature along a phenotype, one row for each step of the pack's direction.
 *
 * @returns steps in standard deviations, and [steps, featureWidth]
 * @throws AppError `cine/no-direction` where the pack has none
 */
export function shiftsAlong(
  { generator }: ModelManifest,
  phenotype: string,
): { steps: readonly number[]; shifts: Float32Array } {
  const direction = generator.directions?.find((candidate) => candidate.phenotype === phenotype)
  if (!direction) {
    throw new AppError(
      'cine/no-direction',
      `The model pack has no direction for ${phenotype}, so its cines cannot be moved along it. Choose another phenotype.`,
    )
  }
  const { steps, feature } = direction
  return { steps, shifts: Float32Array.from(steps.flatMap((step) => feature.map((value) => step * value))) }
}
