import { refuse, requireCount, requireTable, type Values } from '../checks.ts'
import { normalTwoSided } from '../distributions.ts'
import { mean } from '../moments.ts'

export interface FleissKappa {
  /** Null when every rating is the same category. */
  kappa: number | null
  meanAgreement: number
  chanceAgreement: number
  /** Variance without agreement beyond chance. */
  varianceUnderNull: number | null
  z: number | null
  pTwoSided: number | null
  /** Randolph's kappa, for which chance is 1 / number of categories; null with a single category. */
  freeMarginalKappa: number | null
}

/**
 * Agreement of several raters, who need not be the same for each subject.
 *
 * @param counts  `[subject][category]` number of raters; every subject has the same number of raters, at least 2
 * @throws AppError `statistics/ragged`, `bad-count`, `empty`
 * @see Fleiss, Psychol Bull 1971;76:378–382; Fleiss, Nee & Landis, Psychol Bull 1979;86:974–977; Randolph 2005
 */
export function fleissKappa(counts: readonly Values[]): FleissKappa {
  const { rows: subjects, columns: categories } = requireTable(counts, 'the counts')
  const table = counts.map((row) => Array.from(row))
  for (const row of table) for (const count of row) requireCount(count, 'a count')
  const raters = table[0]!.reduce((a, b) => a + b, 0)
  requireCount(raters, 'the number of raters', 2)
  for (const [i, row] of table.entries()) {
    const here = row.reduce((a, b) => a + b, 0)
    if (here !== raters) refuse('ragged', `subject ${i} has ${here} ratings, the first subject ${raters}`)
  }
  const share = table[0]!.map((_, k) => table.reduce((total, row) => total + row[k]!, 0) / (subjects * raters))
  const meanAgreement = mean(
    table.map((row) => (row.reduce((t, c) => t + c * c, 0) - raters) / (raters * (raters - 1))),
  )
  const chanceAgreement = share.reduce((total, p) => total + p * p, 0)
  const freeMarginalKappa = categories === 1 ? null : (meanAgreement - 1 / categories) / (1 - 1 / categories)
  if (share.includes(1)) {
    return {
      kappa: null,
      meanAgreement,
      chanceAgreement,
      varianceUnderNull: null,
      z: null,
      pTwoSided: null,
      freeMarginalKappa,
    }
  }
  const kappa = (meanAgreement - chanceAgreement) / (1 - chanceAgreement)
  const pq = share.reduce((total, p) => total + p * (1 - p), 0)
  const skew = share.reduce((total, p) => total + p * (1 - p) * (1 - 2 * p), 0)
  const varianceUnderNull = ((2 / (subjects * raters * (raters - 1))) * (pq ** 2 - skew)) / pq ** 2
  const z = kappa / Math.sqrt(varianceUnderNull)
  return {
    kappa,
    meanAgreement,
    chanceAgreement,
    varianceUnderNull,
    z,
    pTwoSided: normalTwoSided(z),
    freeMarginalKappa,
  }
}

/**
 * Ratings per subject and rater turned into counts per category.
 *
 * @param ratings     `[subject][rater]`
 * @param categories  all possible ratings
 * @throws AppError `statistics/bad-parameter` for a rating outside the categories, `statistics/ragged`
 */
export function categoryCounts(ratings: readonly Values[], categories: readonly number[]): number[][] {
  requireTable(ratings, 'the ratings')
  return ratings.map((row) => {
    const counts = categories.map(() => 0)
    for (let i = 0; i < row.length; i++) {
      const index = categories.indexOf(row[i]!)
      if (index < 0)
        refuse('bad-parameter', `the rating ${row[i]} is not one of the categories ${categories.join(', ')}`)
      counts[index]!++
    }
    return counts
  })
}
