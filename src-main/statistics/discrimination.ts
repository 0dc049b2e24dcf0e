import { normalQuantile } from './distributions.ts'
import { binomialEquivalence, binomialTest, type Equivalence } from './proportions/binomial-test.ts'
import { type Proportion, proportion, requireSuccesses } from './proportions/interval.ts'

export interface Discrimination {
  hitRate: number
  falseAlarmRate: number
  /** Sensitivity and bias with the log-linear correction, which keeps rates of 0 and 1 finite. */
  dPrime: number
  criterion: number
  accuracy: Proportion
  /** Two-sided exact test of guessing (accuracy ½). */
  pAgainstGuessing: number
  /** Is the accuracy within the margins around guessing? */
  equivalence: Equivalence
}

/**
 * Can a reader tell signal from noise (here: generated from real images)?
 *
 * @param hits         signals called signal, of `signals`
 * @param falseAlarms  noise called signal, of `noises`
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter`
 * @see Green & Swets 1966; Hautus, Behav Res Methods 1995;27:46–51
 */
export function discrimination(
  { hits, signals, falseAlarms, noises }: { hits: number; signals: number; falseAlarms: number; noises: number },
  { margins = [0.4, 0.6], level = 0.95 }: { margins?: readonly [number, number]; level?: number } = {},
): Discrimination {
  requireSuccesses(hits, signals)
  requireSuccesses(falseAlarms, noises)
  const correct = hits + noises - falseAlarms
  const total = signals + noises
  const zHit = normalQuantile((hits + 0.5) / (signals + 1))
  const zAlarm = normalQuantile((falseAlarms + 0.5) / (noises + 1))
  return {
    hitRate: hits / signals,
    falseAlarmRate: falseAlarms / noises,
    dPrime: zHit - zAlarm,
    criterion: -(zHit + zAlarm) / 2,
    accuracy: proportion(correct, total, { level }),
    pAgainstGuessing: binomialTest(correct, total, 0.5).pTwoSided,
    equivalence: binomialEquivalence(correct, total, margins),
  }
}
