import type { DescribedDisease } from '../described-outputs.ts'
import type { ScreeningResult } from '../screening.ts'
import type { OperatingPoint } from '../settings.ts'

/**
 * A result as another operating point would mark it; nothing else changes, and what is stored stays.
 *
 * @param described  of the pack that made the result
 * @returns the result itself where the pack does not have the point for each disease
 */
export function atOperatingPoint(
  result: ScreeningResult,
  described: readonly Pick<DescribedDisease, 'id' | 'operatingPoints'>[],
  operatingPoint: OperatingPoint,
): ScreeningResult {
  const thresholds = new Map(
    described.flatMap(({ id, operatingPoints }) => {
      const point = operatingPoints.find((one) => one.id === operatingPoint)
      return point ? [[id, point.threshold] as const] : []
    }),
  )
  if (result.diseases.some(({ id }) => !thresholds.has(id))) return result
  return {
    ...result,
    operatingPoint,
    diseases: result.diseases.map((disease) => {
      const threshold = thresholds.get(disease.id)!
      return { ...disease, threshold, positive: disease.probability >= threshold }
    }),
  }
}
