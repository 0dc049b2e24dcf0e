import type { SanityCheck } from '../../src-preload/contract/explanations.ts'
import { philoxNormals } from '../inference/noise/normals.ts'
import { median } from '../statistics/quantile.ts'
import { spearman } from '../statistics/regression/correlation.ts'

/** From these absolute rank correlations on a map counts as the same as its control, or as partly so. Our choice. */
const SAME_FROM = 0.7
const PARTLY_FROM = 0.4

/** Random last layers that a map is compared with: one alone may be alike, or not, by chance. */
export const RANDOM_LAYERS = 9
const RANDOM_SEED = 2018

/**
 * What the controls say of a map: one that looks the same without what the network has learned explains nothing.
 *
 * @param ranks the rank correlation with each control map, any sign; null for a map of one value
 * @param ssim  likewise the structural similarity, or nothing where the maps are no images
 * @see Adebayo J et al., Sanity checks for saliency maps, NeurIPS 2018
 */
export function sanityCheck(
  control: SanityCheck['control'],
  ranks: readonly (number | null)[],
  ssim: readonly number[] = [],
): SanityCheck {
  const known = ranks.filter((rank) => rank !== null).map(Math.abs)
  const rankCorrelation = known.length < ranks.length || known.length === 0 ? null : Math.min(1, median(known))
  return {
    control,
    rankCorrelation,
    ssim: ssim.length === 0 ? null : median(ssim),
    verdict: verdictOf(rankCorrelation),
  }
}

/** A map of one value shows nothing, with or without training. */
function verdictOf(rankCorrelation: number | null): SanityCheck['verdict'] {
  if (rankCorrelation === null || rankCorrelation >= SAME_FROM) return 'same'
  return rankCorrelation >= PARTLY_FROM ? 'partly' : 'differs'
}

/** Rank correlation of two maps, null where one of them has one value throughout. */
export const rankCorrelation = (a: Float32Array, b: Float32Array): number | null => spearman(a, b)

/** The `index`-th random direction of a space, the same on every computer. */
export const randomDirection = (index: number, width: number): Float32Array => philoxNormals(RANDOM_SEED, index, width)
