/** Logistic regression on standardised features, with a little shrinkage, by gradient ascent. @returns log odds of a row */
export function logisticRegression(
  rows: readonly number[][],
  truth: readonly number[],
): (row: readonly number[]) => number {
  const width = rows[0]!.length
  const means = Array.from({ length: width }, (_, f) => rows.reduce((sum, row) => sum + row[f]!, 0) / rows.length)
  const spreads = means.map(
    (mean, f) => Math.sqrt(rows.reduce((sum, row) => sum + (row[f]! - mean) ** 2, 0) / rows.length) || 1,
  )
  const scale = (row: readonly number[]): number[] => row.map((value, f) => (value - means[f]!) / spreads[f]!)
  const scaled = rows.map(scale)
  const weights = new Array<number>(width + 1).fill(0)
  const score = (row: readonly number[]): number =>
    row.reduce((sum, value, f) => sum + value * weights[f]!, weights[width]!)
  for (let round = 0; round < 200; round++) {
    const slope = new Array<number>(width + 1).fill(0)
    for (const [i, row] of scaled.entries()) {
      const error = truth[i]! - 1 / (1 + Math.exp(-score(row)))
      for (let f = 0; f < width; f++) slope[f]! += error * row[f]!
      slope[width]! += error
    }
    for (let f = 0; f <= width; f++) weights[f]! += (0.5 * slope[f]!) / rows.length - 0.001 * weights[f]!
  }
  return (row) => score(scale(row))
}
