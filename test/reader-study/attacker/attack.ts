import { delongAuc } from '../../../src-main/statistics/roc/delong.ts'
import { boostedTrees } from './boosted-trees.ts'
import { logisticRegression } from './logistic-regression.ts'

const FOLDS = 5
export const ATTACKERS = { 'logistic regression': logisticRegression, 'boosted trees': boostedTrees }

/** How well each attacker tells the two kinds apart on rows that it was not trained with: area and its interval. */
export function attack(rows: readonly number[][], truth: readonly number[], level = 0.9995) {
  return Object.entries(ATTACKERS).map(([name, train]) => {
    const scores = new Array<number>(rows.length).fill(0)
    for (let fold = 0; fold < FOLDS; fold++) {
      const known = rows.flatMap((_, i) => (i % FOLDS === fold ? [] : [i]))
      const predict = train(
        known.map((i) => rows[i]!),
        known.map((i) => truth[i]!),
      )
      for (const [i, row] of rows.entries()) if (i % FOLDS === fold) scores[i] = predict(row)
    }
    const { auc, interval } = delongAuc(truth, scores, { level })
    return { name, auc, interval: interval! }
  })
}

/** Greatest distance of two distribution functions, and the chance of one as great where there is none. @see Kolmogorov */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): { distance: number; p: number } {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()]
  let [i, j, distance] = [0, 0, 0]
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!)
    while (x[i]! <= value) i += 1
    while (y[j]! <= value) j += 1
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length))
  }
  const scaled = Math.sqrt((x.length * y.length) / (x.length + y.length)) * distance
  let p = 0
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k ** 2 * scaled ** 2)
  return { distance, p: scaled < 0.2 ? 1 : Math.min(1, Math.max(0, p)) }
}
