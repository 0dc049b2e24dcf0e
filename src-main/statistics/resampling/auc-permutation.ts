import { refuse, requireCount, requireScored, requireTable, type Values } from '../checks.ts'
import { auc } from '../roc/auc.ts'
import { Philox } from '../random.ts'
import { compare, type ExactPermutation } from './permutation.ts'

/**
 * Exact test of the difference of two areas: the two scores of each case are swapped in every possible pattern. Both
 * scores must be on one scale; nothing is ranked anew.
 *
 * @throws AppError as `auc`; `statistics/too-large` beyond 20 cases
 */
export function aucSwapExact(truth: Values, score1: Values, score2: Values): ExactPermutation {
  requireScored(truth, score1)
  requireScored(truth, score2)
  const n = truth.length
  if (n > 20) refuse('too-large', `${n} cases have 2^${n} swaps; full enumeration stops at 20, use aucSwapTest`)
  const difference = swappedDifference(truth, [score1], [score2])
  const swapped = new Uint8Array(n)
  const all = Float64Array.from({ length: 2 ** n }, (_, pattern) => {
    for (let i = 0; i < n; i++) swapped[i] = (pattern >>> i) & 1
    return difference(swapped)
  })
  return compare(all, all[0]!, 1, auc(truth, score1) - auc(truth, score2))
}

/**
 * Test of the reader-averaged difference of areas of two conditions: the conditions of a case are swapped at random,
 * for all its readers together, which keeps the correlation between readers.
 *
 * @param ratings1  `[reader][case]` under the first condition
 * @param ratings2  `[reader][case]` under the second, same readers and cases
 * @throws AppError as `auc`; `statistics/ragged`, `bad-count`
 */
export function aucSwapTest(
  truth: Values,
  ratings1: readonly Values[],
  ratings2: readonly Values[],
  { rounds = 10_000, seed = 1 } = {},
): ExactPermutation {
  const first = requireTable(ratings1, 'the ratings of the first condition')
  const second = requireTable(ratings2, 'the ratings of the second condition')
  if (first.rows !== second.rows || first.columns !== second.columns) {
    refuse('ragged', `the conditions are ${first.rows} × ${first.columns} and ${second.rows} × ${second.columns}`)
  }
  requireScored(truth, ratings1[0]!)
  requireCount(rounds, 'the number of rounds', 1)
  const random = new Philox(seed)
  const difference = swappedDifference(truth, ratings1, ratings2)
  const swapped = new Uint8Array(truth.length)
  const all = new Float64Array(rounds + 1)
  for (let round = 0; round <= rounds; round++) {
    all[round] = difference(swapped)
    let bits = 0
    for (let i = 0; i < swapped.length; i++) {
      if (i % 32 === 0) bits = random.word()
      swapped[i] = (bits >>> (i % 32)) & 1
    }
  }
  return compare(all, all[0]!, 1, all[0]!)
}

/**
 * The reader-averaged difference of areas under a swap pattern. A swap changes only which condition a score counts
 * for, so the scores of both conditions are sorted once and each pattern is one pass.
 */
function swappedDifference(
  truth: Values,
  ratings1: readonly Values[],
  ratings2: readonly Values[],
): (swapped: Uint8Array) => number {
  const n = truth.length
  const diseased = Uint8Array.from({ length: n }, (_, i) => truth[i]!)
  const readers = ratings1.map((first, r) => {
    const scores = Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? first[k]! : ratings2[r]![k - n]!))
    const order = Uint32Array.from(scores, (_, k) => k).sort((a, b) => scores[a]! - scores[b]!)
    return {
      caseAt: order.map((k) => k % n),
      // Bit 0: diseased, bit 1: second condition; flipped by a swap.
      groupAt: Uint8Array.from(order, (k) => (k < n ? 0 : 2) + diseased[k % n]!),
      lastOfTie: Uint8Array.from(order, (k, at) => (at + 1 === 2 * n || scores[order[at + 1]!] !== scores[k] ? 1 : 0)),
    }
  })
  const positives = diseased.reduce((a, b) => a + b, 0)
  const scale = 2 * positives * (n - positives) * readers.length
  const tied = new Int32Array(4)
  return (swapped) => {
    let doubledWins = 0
    for (const { caseAt, groupAt, lastOfTie } of readers) {
      let normals1 = 0
      let normals2 = 0
      for (let at = 0; at < caseAt.length; at++) {
        tied[groupAt[at]! ^ (swapped[caseAt[at]!]! << 1)]!++
        if (lastOfTie[at] === 0) continue
        doubledWins += tied[1]! * (2 * normals1 + tied[0]!) - tied[3]! * (2 * normals2 + tied[2]!)
        normals1 += tied[0]!
        normals2 += tied[2]!
        tied.fill(0)
      }
    }
    return doubledWins / scale
  }
}
