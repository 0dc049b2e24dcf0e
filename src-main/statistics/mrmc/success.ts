import type { Rating, ReaderStudy } from './study.ts'

/**
 * How one reader under one treatment orders every diseased against every normal case: 1 for right, ½ for a tie, 0 for
 * wrong and for pairs that were not read.
 */
export interface Success {
  /** `[diseased × normals + normal]`, over all cases of the study. */
  scores: Float64Array
  /** Sums over the normal cases, one per diseased case. */
  perDiseased: Float64Array
  /** Sums over the diseased cases, one per normal case. */
  perNormal: Float64Array
  total: number
  /** 1 where the case was read. */
  readDiseased: Uint8Array
  readNormal: Uint8Array
  diseased: number
  normals: number
}

/** Sums over pairs of pairs of cases, for two cells of a study; index 0 … 3 as moments 1 … 4 of Gallas. */
export interface PairSums {
  /** Same pair; same diseased case; same normal case; any two pairs. */
  numerators: [number, number, number, number]
  /** How many terms each sum has. */
  denominators: [number, number, number, number]
  /** Cases that were read in both cells. */
  diseased: number
  normals: number
}

/** The success matrix of one cell of a checked study. */
export function successOf(study: ReaderStudy, treatment: number, reader: number): Success {
  const ratings = study.ratings[treatment]![reader]!
  const diseasedRatings: Rating[] = []
  const normalRatings: Rating[] = []
  for (let c = 0; c < ratings.length; c++) (study.truth[c] === 1 ? diseasedRatings : normalRatings).push(ratings[c]!)
  const columns = normalRatings.length
  const scores = new Float64Array(diseasedRatings.length * columns)
  const perDiseased = new Float64Array(diseasedRatings.length)
  const perNormal = new Float64Array(columns)
  for (const [d, high] of diseasedRatings.entries()) {
    for (const [n, low] of normalRatings.entries()) {
      if (high === null || low === null) continue
      const score = high > low ? 1 : high === low ? 0.5 : 0
      scores[d * columns + n] = score
      perDiseased[d]! += score
      perNormal[n]! += score
    }
  }
  const read = (values: Rating[]): Uint8Array => Uint8Array.from(values, (rating) => (rating === null ? 0 : 1))
  const readDiseased = read(diseasedRatings)
  const readNormal = read(normalRatings)
  return {
    scores,
    perDiseased,
    perNormal,
    total: perDiseased.reduce((a, b) => a + b, 0),
    readDiseased,
    readNormal,
    diseased: readDiseased.reduce((a, b) => a + b, 0),
    normals: readNormal.reduce((a, b) => a + b, 0),
  }
}

/** Area of a cell; null where the reader read no case of one class. */
export function areaOf({ total, diseased, normals }: Success): number | null {
  return diseased * normals === 0 ? null : total / (diseased * normals)
}

/** @see Gallas, Bandos, Samuelson & Wagner, Commun Stat Theory Methods 2009;38:2586–2603, for incomplete designs */
export function pairSums(a: Success, b: Success): PairSums {
  const diseased = dot(a.readDiseased, b.readDiseased)
  const normals = dot(a.readNormal, b.readNormal)
  return {
    numerators: [
      dot(a.scores, b.scores),
      dot(a.perDiseased, b.perDiseased),
      dot(a.perNormal, b.perNormal),
      a.total * b.total,
    ],
    denominators: [
      diseased * normals,
      a.normals * b.normals * diseased,
      a.diseased * b.diseased * normals,
      a.diseased * a.normals * b.diseased * b.normals,
    ],
    diseased,
    normals,
  }
}

/** Sums in which cases that must differ do differ, from sums in which they may coincide. */
export function withoutRepeats(sums: readonly [number, number, number, number]): [number, number, number, number] {
  const [samePair, sameDiseased, sameNormal, any] = sums
  return [samePair, sameDiseased - samePair, sameNormal - samePair, any - sameDiseased - sameNormal + samePair]
}

/** Unbiased covariance of the areas of two cells over the draw of cases; null where too few cases are shared. */
export function unbiasedCovariance({ numerators, denominators }: PairSums): number | null {
  const different = withoutRepeats(denominators)[3]
  if (different === 0) return null
  return numerators[3] / denominators[3] - withoutRepeats(numerators)[3] / different
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
