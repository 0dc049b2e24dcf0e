import { refuse, requireCount } from '../checks.ts'
import { fQuantile, noncentralFUpperTail, normalQuantile, normalUpperTail } from '../distributions.ts'
import { hanleyMcNeilStandardError } from '../roc/hanley-mcneil.ts'

/** Variance components of a pilot study (or conjectured), and the number of cases that they belong to. */
export interface PlanningComponents {
  treatmentByReader: number
  error: number
  cov1: number
  cov2: number
  cov3: number
  cases: number
}

export interface PlannedStudy {
  readers: number
  /** All cases of the study, with the share of diseased cases of the pilot. */
  cases: number
  /** True difference of the two reader-averaged areas. */
  effect: number
  alpha?: number
  generalise?: 'readers-and-cases' | 'readers' | 'cases'
  /**
   * Split-plot: groups of readers of equal size, each with its own share of the cases; 1 is fully crossed, as many
   * groups as readers gives every reader own cases.
   */
  groups?: number
}

export interface PlannedPower {
  power: number
  noncentrality: number
  /** Infinity when readers are fixed (`generalise: 'cases'`). */
  df: number
  /** Readings per treatment. */
  readings: number
}

/**
 * Power of the Obuchowski–Rockette comparison of two treatments. Covariances over cases shrink with the number of
 * cases per group; negative components count as 0.
 *
 * @throws AppError `statistics/bad-count` (readers not divisible into groups, too few), `statistics/bad-parameter`
 * @see Hillis, Obuchowski & Berbaum, Acad Radiol 2011;18:129–142; Hillis, Stat Med 2014;33:330–360 (split-plot)
 */
export function plannedPower(components: PlanningComponents, study: PlannedStudy): PlannedPower {
  const { readers, cases, effect, alpha = 0.05, generalise = 'readers-and-cases', groups = 1 } = study
  requireCount(groups, 'the number of groups', 1)
  requireCount(readers, 'the number of readers', generalise === 'cases' ? 1 : 2)
  requireCount(cases, 'the number of cases', 2)
  requireCount(components.cases, 'the number of cases of the pilot', 2)
  if (readers % groups !== 0) refuse('bad-count', `${readers} readers do not divide into ${groups} equal groups`)
  if (!(alpha > 0 && alpha < 1)) refuse('bad-parameter', `α = ${alpha} is not between 0 and 1`)
  const perGroup = readers / groups
  const shrink = components.cases / (cases / groups)
  const shared = Math.max(components.cov2 - components.cov3, 0)
  const own = components.error - components.cov1
  const ofReaders = generalise === 'cases' ? 0 : Math.max(components.treatmentByReader, 0)
  const interaction = ofReaders + shrink * (own - shared)
  const both = ofReaders + shrink * (own + (perGroup - 1) * shared)
  const denominator = generalise === 'readers' ? interaction : both
  const freedom = perGroup === 1 ? readers - 1 : readers - groups
  const df =
    generalise === 'cases' ? Infinity : generalise === 'readers' ? freedom : (both / interaction) ** 2 * freedom
  if (!(denominator > 0) || (generalise !== 'cases' && !(interaction > 0))) {
    refuse('bad-parameter', 'the variance components leave no variance for the difference of the treatments')
  }
  const noncentrality = (readers * effect ** 2) / 2 / denominator
  return { power: powerOf(noncentrality, df, alpha), noncentrality, df, readings: perGroup * cases }
}

/**
 * The smallest number of cases that reaches the power with a given number of readers.
 *
 * @returns  null where even `most` cases do not reach it: too few readers
 * @throws AppError as {@link plannedPower}
 */
export function casesForPower(
  components: PlanningComponents,
  { power = 0.8, most = 5000, ...study }: Omit<PlannedStudy, 'cases'> & { power?: number; most?: number },
): number | null {
  const reaches = (cases: number): boolean => plannedPower(components, { ...study, cases }).power >= power
  const groups = study.groups ?? 1
  let low = 1
  let high = Math.ceil(most / groups)
  if (!reaches(high * groups)) return null
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (middle * groups >= 2 && reaches(middle * groups)) high = middle
    else low = middle + 1
  }
  return high * groups
}

/** Cases for every number of readers: the choice between many readers and many cases. @throws AppError as {@link casesForPower}. */
export function readersByCases(
  components: PlanningComponents,
  readers: readonly number[],
  study: Omit<PlannedStudy, 'cases' | 'readers'> & { power?: number; most?: number },
): { readers: number; cases: number | null; readings: number | null }[] {
  return readers.map((count) => {
    const cases = casesForPower(components, { ...study, readers: count })
    return { readers: count, cases, readings: cases === null ? null : (count / (study.groups ?? 1)) * cases }
  })
}

/**
 * Components without a pilot: the case variance of an area by Hanley and McNeil, and conjectured correlations between
 * readings of the same cases.
 *
 * @param correlations  same reader, other treatment; other reader, same treatment; other reader and treatment
 * @param readerSpread  standard deviation over readers of the difference of the treatments
 * @throws AppError `statistics/bad-count`, `not-probability`, `bad-parameter` unless 1 ≥ ρ₁, ρ₂ ≥ ρ₃ ≥ 0
 * @see Obuchowski, AJR 2000;175:603–608 (conjectured parameters)
 */
export function conjecturedComponents(
  auc: number,
  { positives, negatives }: { positives: number; negatives: number },
  correlations: readonly [number, number, number],
  readerSpread: number,
): PlanningComponents {
  const [rho1, rho2, rho3] = correlations
  if (!(rho3 >= 0 && rho1 >= rho3 && rho2 >= rho3 && rho1 <= 1 && rho2 <= 1 && readerSpread >= 0)) {
    refuse(
      'bad-parameter',
      `the correlations ${correlations.join(', ')} must satisfy 1 ≥ ρ₁, ρ₂ ≥ ρ₃ ≥ 0, the spread be ≥ 0`,
    )
  }
  const error = hanleyMcNeilStandardError(auc, positives, negatives) ** 2
  // A difference of two treatments holds the interaction twice.
  return {
    treatmentByReader: readerSpread ** 2 / 2,
    error,
    cov1: rho1 * error,
    cov2: rho2 * error,
    cov3: rho3 * error,
    cases: positives + negatives,
  }
}

function powerOf(noncentrality: number, df: number, alpha: number): number {
  if (df === Infinity) {
    const z = normalQuantile(1 - alpha / 2)
    const shift = Math.sqrt(noncentrality)
    return normalUpperTail(z - shift) + normalUpperTail(z + shift)
  }
  return noncentralFUpperTail(fQuantile(1 - alpha, 1, df), 1, df, noncentrality)
}
