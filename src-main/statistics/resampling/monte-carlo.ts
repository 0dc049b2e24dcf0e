import { requireCount, requireNumbers, type Values } from '../checks.ts'
import { mean, sum } from '../moments.ts'
import { Philox } from '../random.ts'
import { compare, type ExactPermutation } from './permutation.ts'

/** As the exact tests, from random arrangements; p counts the observed one, so it is never 0. */
export type MonteCarloPermutation = ExactPermutation

/**
 * Sign-flip test of paired differences from random sign patterns.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `bad-count`, `bad-parameter`
 * @see Phipson & Smyth, Stat Appl Genet Mol Biol 2010;9:39 (why the observed arrangement counts)
 */
export function signFlipTest(differences: Values, { rounds = 10_000, seed = 1 } = {}): MonteCarloPermutation {
  requireNumbers(differences, 'the differences')
  requireCount(rounds, 'the number of rounds', 1)
  const random = new Philox(seed)
  const sums = new Float64Array(rounds + 1)
  sums[0] = sum(differences)
  for (let round = 1; round <= rounds; round++) {
    let total = 0
    let bits = 0
    for (let i = 0; i < differences.length; i++) {
      if (i % 32 === 0) bits = random.word()
      total += (bits >>> (i % 32)) & 1 ? differences[i]! : -differences[i]!
    }
    sums[round] = total
  }
  const scale = Array.from(differences).reduce((total, value) => total + Math.abs(value), 0)
  return compare(sums, sums[0], scale, mean(differences))
}

/** Two-sample permutation test of the difference of means from random splits. @throws AppError as {@link signFlipTest}. */
export function twoSampleTest(x: Values, y: Values, { rounds = 10_000, seed = 1 } = {}): MonteCarloPermutation {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireCount(rounds, 'the number of rounds', 1)
  const pooled = [...Array.from(x), ...Array.from(y)]
  const center = mean(pooled)
  const centred = pooled.map((value) => value - center)
  const random = new Philox(seed)
  const sums = new Float64Array(rounds + 1)
  sums[0] = sum(centred.slice(0, x.length))
  for (let round = 1; round <= rounds; round++) {
    const order = random.permutation(centred.length)
    for (let i = 0; i < x.length; i++) sums[round]! += centred[order[i]!]!
  }
  const scale = centred.reduce((total, value) => total + Math.abs(value), 0)
  return compare(sums, sums[0], scale, mean(x) - mean(y))
}
