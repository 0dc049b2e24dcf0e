/** How many of a thousand people are ill or not, and marked or not. */
export interface OfThousand {
  illMarked: number
  illMissed: number
  wellMarked: number
  wellUnmarked: number
}

const KINDS = ['illMarked', 'illMissed', 'wellMarked', 'wellUnmarked'] as const

/**
 * What a test does among a thousand people, in whole people: each count is the nearest below, and those that lost most
 * by that get one more, until they are a thousand.
 */
export function ofThousand(sensitivity: number, specificity: number, prevalence: number): OfThousand {
  const ill = 1000 * prevalence
  const well = 1000 - ill
  const exact = [ill * sensitivity, ill * (1 - sensitivity), well * (1 - specificity), well * specificity]
  const counts = exact.map((count) => Math.floor(count + 1e-9))
  const byLoss = exact.map((count, kind) => ({ kind, loss: count - counts[kind]! })).sort((a, b) => b.loss - a.loss)
  const missing = 1000 - counts.reduce((sum, count) => sum + count, 0)
  for (const { kind } of byLoss.slice(0, missing)) counts[kind]! += 1
  return Object.fromEntries(KINDS.map((kind, index) => [kind, counts[index]!])) as unknown as OfThousand
}
