import { AppError } from '../../src-preload/contract/errors.ts'

/** Any list of numbers that the statistics take: plain or typed array. */
export type Values = ArrayLike<number>

/** Refuses bad input with the code `statistics/…`. */
export function refuse(problem: string, sentence: string): never {
  throw new AppError(`statistics/${problem}`, sentence)
}

/** @throws AppError `statistics/empty`, `statistics/not-finite` (NaN, infinite or missing values). */
export function requireNumbers(values: Values, name: string): void {
  if (values.length === 0) refuse('empty', `${name} holds no values; at least one is needed`)
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      refuse('not-finite', `${name} holds ${String(values[i])} at position ${i}; remove or fill it`)
  }
}

/** @throws AppError `statistics/ragged` when two lists that belong together differ in length. */
export function requireSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, names: string): void {
  if (a.length !== b.length) refuse('ragged', `${names} have ${a.length} and ${b.length} values; they must pair up`)
}

/** @throws AppError as {@link requireNumbers}, and `statistics/not-binary` for anything but 0 and 1. */
export function requireBinary(values: Values, name: string): void {
  requireNumbers(values, name)
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && values[i] !== 1) {
      refuse('not-binary', `${name} holds ${String(values[i])} at position ${i}; only 0 and 1 are allowed`)
    }
  }
}

/** Truth with both classes present: 1 = diseased. @throws AppError as {@link requireBinary}, `statistics/one-class`. */
export function requireTwoClasses(truth: Values): { positives: number; negatives: number } {
  requireBinary(truth, 'truth')
  const positives = countOnes(truth)
  const negatives = truth.length - positives
  if (positives === 0 || negatives === 0) {
    refuse('one-class', `truth holds ${positives} positive and ${negatives} negative cases; both classes are needed`)
  }
  return { positives, negatives }
}

/** Truth and score of the same cases. @throws AppError as {@link requireTwoClasses}, {@link requireNumbers}, `statistics/ragged`. */
export function requireScored(truth: Values, score: Values): { positives: number; negatives: number } {
  const counts = requireTwoClasses(truth)
  requireNumbers(score, 'score')
  requireSameLength(truth, score, 'truth and score')
  return counts
}

/** A rectangular table without gaps. @throws AppError `statistics/empty`, `statistics/ragged`, `statistics/not-finite`. */
export function requireTable(rows: ArrayLike<Values>, name: string): { rows: number; columns: number } {
  const first = rows[0]
  if (first === undefined || first.length === 0) refuse('empty', `${name} holds no values`)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (row.length !== first.length) {
      refuse('ragged', `${name}: row ${i} has ${row.length} values, the first row has ${first.length}`)
    }
    requireNumbers(row, `${name}, row ${i},`)
  }
  return { rows: rows.length, columns: first.length }
}

/** @throws AppError `statistics/bad-count` unless the value is a whole number of at least `least`. */
export function requireCount(value: number, name: string, least = 0): void {
  if (!Number.isInteger(value) || value < least) {
    refuse('bad-count', `${name} is ${value}; a whole number of at least ${least} is needed`)
  }
}

/** @throws AppError `statistics/bad-parameter` unless `0 < level < 1`. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) refuse('bad-parameter', `a confidence level of ${level} is not between 0 and 1`)
}

/** @throws AppError as {@link requireNumbers}, `statistics/not-probability` outside [0, 1]. */
export function requireProbabilities(values: Values, name: string): void {
  requireNumbers(values, name)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < 0 || value > 1)
      refuse('not-probability', `${name} holds ${value} at position ${i}; it must lie in [0, 1]`)
  }
}

function countOnes(values: Values): number {
  let count = 0
  for (let i = 0; i < values.length; i++) count += values[i]!
  return count
}
