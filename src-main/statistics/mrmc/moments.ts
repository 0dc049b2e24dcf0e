import { type PairSums, type Success, pairSums, withoutRepeats } from './success.ts'

type Four = [number, number, number, number]

/**
 * The variance (or, for two treatments, covariance) of the reader-averaged area, decomposed two ways. Moments 1–4 are
 * of one reader, 5–8 of two different readers; N normal cases, D diseased cases, R readers.
 */
export interface Decomposition {
  moments: number[]
  momentCoefficients: number[]
  components: BckComponents
  componentCoefficients: BckComponents
  variance: number
}

export interface BckComponents {
  n: number
  d: number
  nd: number
  r: number
  nr: number
  dr: number
  rnd: number
}

export interface PairOfTreatments {
  /** Reader-averaged areas; readers with more pairs of cases weigh more. */
  areas: [number, number]
  /** Null with fewer than two readers or too few cases. */
  unbiased: Decomposition | null
  /** From the empirical distribution (the ideal bootstrap), biased upward; never negative for one treatment. */
  biased: Decomposition
  /** Effective numbers less one, from the coefficients. */
  df: { n: number; d: number; r: number }
}

/**
 * One-shot (BDG) moments over readers and cases of any design, complete or not.
 *
 * @param a  cells of the readers under the first treatment; null where a reader did not take part
 * @param b  the same readers under the second
 * @see Gallas, Acad Radiol 2006;13:353–362; Gallas et al., Commun Stat Theory Methods 2009;38:2586–2603
 */
export function decompose(a: readonly (Success | null)[], b: readonly (Success | null)[]): PairOfTreatments {
  const own: Sums = { numerators: [0, 0, 0, 0], denominators: [0, 0, 0, 0] }
  const every: Sums = { numerators: [0, 0, 0, 0], denominators: [0, 0, 0, 0] }
  for (const [i, first] of a.entries()) {
    for (const [j, second] of b.entries()) {
      if (first === null || second === null) continue
      const sums = pairSums(first, second)
      add(every, sums)
      if (i === j) add(own, sums)
    }
  }
  const denominators = eight(own.denominators, every.denominators)
  const numerators = eight(own.numerators, every.numerators)
  const whole = every.denominators[3]
  const coefficients = denominators.map((count, k) => count / whole - (k === 7 ? 1 : 0))
  const rawNumerators = [...own.numerators, ...every.numerators]
  const rawDenominators = [...own.denominators, ...every.denominators]
  const biasedMoments = rawNumerators.map((value, k) => value / rawDenominators[k]!)
  const moments = numerators.map((value, k) => value / denominators[k]!)
  const bck = bckCoefficients(coefficients)
  const effective = (coefficient: number): number => Math.round(1 / coefficient - 1)
  // The coefficients add up to 0, so the moments may be taken from their last: exactly 0 when all are equal.
  const combine = (values: number[]): number =>
    coefficients.reduce((total, c, k) => total + c * (values[k]! - values[7]!), 0)
  const usable = denominators[7]! > 0
  return {
    areas: [areaOver(a), areaOver(b)],
    unbiased: usable ? describe(moments, coefficients, bck, every.numerators[3] / whole - moments[7]!) : null,
    biased: describe(biasedMoments, coefficients, bck, combine(biasedMoments)),
    df: { n: effective(bck.n), d: effective(bck.d), r: effective(bck.r) },
  }
}

interface Sums {
  numerators: Four
  denominators: Four
}

function add(to: Sums, sums: PairSums): void {
  for (let k = 0; k < 4; k++) {
    to.numerators[k]! += sums.numerators[k]!
    to.denominators[k]! += sums.denominators[k]!
  }
}

/** Sums 1–8 in which cases and, for 5–8, readers that must differ do differ. */
function eight(own: Four, every: Four): number[] {
  const sameReader = withoutRepeats(own)
  return [...sameReader, ...withoutRepeats(every).map((value, k) => value - sameReader[k]!)]
}

function areaOver(cells: readonly (Success | null)[]): number {
  let wins = 0
  let pairs = 0
  for (const cell of cells) {
    if (cell === null) continue
    wins += cell.total
    pairs += cell.diseased * cell.normals
  }
  return wins / pairs
}

function describe(moments: number[], coefficients: number[], bck: BckComponents, variance: number): Decomposition {
  const [m1, m2, m3, m4, m5, m6, m7, m8] = moments as [number, number, number, number, number, number, number, number]
  return {
    moments,
    momentCoefficients: coefficients,
    components: {
      n: m7 - m8,
      d: m6 - m8,
      nd: m5 - m6 - m7 + m8,
      r: m4 - m8,
      nr: m3 - m4 - m7 + m8,
      dr: m2 - m4 - m6 + m8,
      rnd: m1 - m2 - m3 + m4 - m5 + m6 + m7 - m8,
    },
    componentCoefficients: bck,
    variance,
  }
}

function bckCoefficients(c: number[]): BckComponents {
  const pick = (...indices: number[]): number => indices.reduce((total, k) => total + c[k - 1]!, 0)
  return {
    n: pick(1, 3, 5, 7),
    d: pick(1, 2, 5, 6),
    nd: pick(1, 5),
    r: pick(1, 2, 3, 4),
    nr: pick(1, 3),
    dr: pick(1, 2),
    rnd: pick(1),
  }
}
