import { refuse, requireCount, type Values } from '../checks.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { binomialTest } from './binomial-test.ts'

export interface McNemarTest {
  /** Null (undefined) without discordant pairs. */
  chiSquare: number | null
  p: number | null
  /** With Edwards' continuity correction, which R leaves out when the two discordant cells are equal. */
  chiSquareCorrected: number | null
  pCorrected: number | null
  /** Exact binomial; 1 without discordant pairs. */
  pExact: number
}

/**
 * Do two paired yes/no judgements say yes equally often?
 *
 * @param table  2 × 2 counts, first judgement by rows
 * @throws AppError `statistics/bad-count`, `statistics/ragged`
 * @see McNemar, Psychometrika 1947;12:153–157
 */
export function mcnemarTest(table: readonly Values[]): McNemarTest {
  if (table.length !== 2 || table.some((row) => row.length !== 2))
    refuse('ragged', 'McNemar’s test needs a 2 × 2 table')
  for (const row of table) for (let j = 0; j < 2; j++) requireCount(row[j]!, 'a cell of the table')
  const b = table[0]![1]!
  const c = table[1]![0]!
  const discordant = b + c
  if (discordant === 0) return { chiSquare: null, p: null, chiSquareCorrected: null, pCorrected: null, pExact: 1 }
  const gap = Math.abs(b - c)
  const chiSquare = gap ** 2 / discordant
  const chiSquareCorrected = (gap === 0 ? 0 : gap - 1) ** 2 / discordant
  return {
    chiSquare,
    p: chiSquareUpperTail(chiSquare, 1),
    chiSquareCorrected,
    pCorrected: chiSquareUpperTail(chiSquareCorrected, 1),
    pExact: binomialTest(b, discordant, 0.5).pTwoSided,
  }
}
