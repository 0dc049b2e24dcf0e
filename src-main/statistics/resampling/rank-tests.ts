import { refuse, requireCount, requireNumbers, requireSameLength, requireTable, type Values } from '../checks.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { midranks, tieSizes } from '../order.ts'

export interface WilcoxonSignedRank {
  /** Sum of the ranks of the positive differences x − y. */
  v: number
  /** Pairs with a difference; equal pairs carry no information and are left out. */
  n: number
  /** Null when all pairs are equal. */
  pTwoSided: number | null
  pGreater: number | null
  pLess: number | null
}

/**
 * Exact signed-rank test; with tied differences the exact distribution of the midranks is taken.
 *
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `too-large` beyond 500 pairs
 * @see Wilcoxon, Biometrics Bulletin 1945;1:80–83
 */
export function wilcoxonSignedRankExact(x: Values, y: Values): WilcoxonSignedRank {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireSameLength(x, y, 'x and y')
  if (x.length > 500) refuse('too-large', `${x.length} pairs; the exact distribution is kept to 500`)
  const differences = Array.from(x, (value, i) => value - y[i]!).filter((difference) => difference !== 0)
  if (differences.length === 0) return { v: 0, n: 0, pTwoSided: null, pGreater: null, pLess: null }
  // Doubled midranks are whole numbers, so the distribution is a table.
  const doubled = midranks(differences.map(Math.abs)).map((rank) => 2 * rank)
  const total = doubled.reduce((a, b) => a + b, 0)
  let probability = new Float64Array(total + 1)
  probability[0] = 1
  for (const rank of doubled) {
    const next = new Float64Array(total + 1)
    for (let s = 0; s <= total; s++) {
      const half = probability[s]! / 2
      if (half === 0) continue
      next[s]! += half
      next[s + rank]! += half
    }
    probability = next
  }
  const observed = doubled.reduce((sum, rank, i) => (differences[i]! > 0 ? sum + rank : sum), 0)
  let pGreater = 0
  let pLess = 0
  for (let s = 0; s <= total; s++) {
    if (s >= observed) pGreater += probability[s]!
    if (s <= observed) pLess += probability[s]!
  }
  return {
    v: observed / 2,
    n: differences.length,
    pTwoSided: Math.min(1, 2 * Math.min(pGreater, pLess)),
    pGreater,
    pLess,
  }
}

export interface Friedman {
  /** Null when every block ranks all treatments equal. */
  chiSquare: number | null
  df: number
  p: number | null
}

/**
 * Do treatments differ within blocks? Ranks within blocks, corrected for ties.
 *
 * @param blocks  `[block][treatment]`, at least two treatments
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-count`
 * @see Friedman, JASA 1937;32:675–701; Hollander & Wolfe 1973, 7.1
 */
export function friedmanTest(blocks: readonly Values[]): Friedman {
  const { rows: n, columns: k } = requireTable(blocks, 'the blocks')
  requireCount(k, 'the number of treatments', 2)
  const ranks = blocks.map((block) => midranks(block))
  const ties = blocks.flatMap((block) => tieSizes(block)).reduce((total, size) => total + size ** 3 - size, 0)
  const spread = Array.from({ length: k }, (_, j) => ranks.reduce((sum, row) => sum + row[j]!, 0) - (n * (k + 1)) / 2)
  const scale = n * k * (k + 1) - ties / (k - 1)
  if (scale === 0) return { chiSquare: null, df: k - 1, p: null }
  const chiSquare = (12 * spread.reduce((sum, value) => sum + value * value, 0)) / scale
  return { chiSquare, df: k - 1, p: chiSquareUpperTail(chiSquare, k - 1) }
}
