import type { Philox } from '../../statistics/random.ts'
import { clip } from './clip.ts'

export type Illness = 'none' | 'cad' | 'hf' | 'ph' | 'dcm' | 'hcm' | 'rcm'
type FailureKind = 'ischaemic' | 'dilated' | 'preserved'

export interface MadeUpIllness {
  kind: Illness
  /** Of heart failure only. */
  failure: FailureKind | null
  /** 0 (none) to 1. */
  severity: number
  /** Transmurality 0 to 1 of AHA segment 1 to 16. */
  infarct: readonly number[]
  /** Hypertrophy of the apex rather than of the septum. */
  apical: boolean
}

/** What an illness does to a heart: factors of its sizes, and points added to the ejection fractions. */
export interface Effect {
  edv: number
  ef: number
  mass: number
  rvef: number
  la: number
  ra: number
}

/** Shares of the cohort on which the pack was calibrated: of ten people, three are ill. */
const SHARES: readonly (readonly [kind: Illness, share: number])[] = [
  ['none', 0.7],
  ['cad', 0.1],
  ['hf', 0.06],
  ['ph', 0.04],
  ['dcm', 0.04],
  ['hcm', 0.04],
  ['rcm', 0.02],
]
const FAILURES: readonly (readonly [kind: FailureKind, share: number])[] = [
  ['ischaemic', 0.35],
  ['dilated', 0.35],
  ['preserved', 0.3],
]
/** AHA segments of each coronary territory, and its share of infarcts. */
const TERRITORIES: readonly (readonly [segments: readonly number[], share: number])[] = [
  [[1, 2, 7, 8, 13, 14], 0.45],
  [[3, 4, 9, 10, 15], 0.35],
  [[5, 6, 11, 12, 16], 0.2],
]
/** What a visit adds to the severity: later recordings of one patient are a little further on the same way. */
const WORSE_EACH_VISIT = 0.06
const NO_EFFECT: Effect = { edv: 1, ef: 0, mass: 1, rvef: 0, la: 1, ra: 1 }

/** @param visit  counts from 1 */
export function madeUpIllness(draws: Philox, visit: number): MadeUpIllness {
  const kind = pick(SHARES, draws.uniform())
  const failureKind = pick(FAILURES, draws.uniform())
  const territory = pick(TERRITORIES, draws.uniform())
  const extent = draws.uniform()
  const apical = draws.uniform() < 0.15 && kind === 'hcm'
  const failure = kind === 'hf' ? failureKind : null
  const first = failure ? beta(3, 1.5, draws) : beta(2, 2, draws)
  const severity = kind === 'none' ? 0 : Math.min(first + WORSE_EACH_VISIT * (visit - 1), 1)
  const scarred = kind === 'cad' || failure === 'ischaemic'
  const transmural = (): number =>
    clip(clip(extent * severity * (1 + 0.3 * draws.normal()), 0, 1) * (failure ? 1.3 : 1), 0, 1)
  const infarct = Array.from({ length: 16 }, (_, index) => {
    const depth = transmural()
    return scarred && territory.includes(index + 1) ? depth : 0
  })
  return { kind, failure, severity, infarct, apical }
}

/** The table of effects; an infarct takes volume and ejection in proportion to its share of the wall. */
export function effectOf({ kind, failure, severity: s, infarct }: MadeUpIllness): Effect {
  if (failure === 'dilated')
    return { ...NO_EFFECT, edv: 1.25 + 0.35 * s, ef: -(8 + 16 * s), mass: 1.12 + 0.2 * s, la: 1.2 + 0.4 * s }
  if (failure === 'preserved') return { ...NO_EFFECT, edv: 0.95, mass: 1.15 + 0.2 * s, la: 1.3 + 0.4 * s }
  switch (kind) {
    case 'none':
      return NO_EFFECT
    case 'cad':
    case 'hf': {
      const share = infarct.reduce((sum, depth) => sum + depth, 0) / infarct.length
      return { ...NO_EFFECT, edv: 1 + 0.5 * share, ef: -55 * share }
    }
    case 'ph':
      return { ...NO_EFFECT, edv: 0.95 - 0.1 * s, ef: -2 * s, rvef: -(6 + 18 * s), ra: 1.25 + 0.6 * s }
    case 'dcm':
      return {
        edv: 1.35 + 0.55 * s,
        ef: -(12 + 22 * s),
        mass: 1.15 + 0.25 * s,
        rvef: -6 * s,
        la: 1.2 + 0.4 * s,
        ra: 1.1 + 0.2 * s,
      }
    case 'hcm':
      return { ...NO_EFFECT, edv: 0.92 - 0.08 * s, ef: 3 + 4 * s, mass: 1.3 + 0.6 * s, la: 1.25 + 0.35 * s }
    case 'rcm':
      return {
        edv: 0.88,
        ef: -(2 + 6 * s),
        mass: 1.15 + 0.4 * s,
        rvef: -6 * s,
        la: 1.6 + 0.6 * s,
        ra: 1.6 + 0.6 * s,
      }
  }
}

function pick<T>(shares: readonly (readonly [what: T, share: number])[], uniform: number): T {
  let left = uniform
  for (const [what, share] of shares) {
    if (left < share) return what
    left -= share
  }
  return shares.at(-1)![0]
}

/** A draw of the beta distribution, from two of the gamma distribution. */
function beta(a: number, b: number, draws: Philox): number {
  const first = gamma(a, draws)
  return first / (first + gamma(b, draws))
}

/** For whole and half shapes: a sum of exponential draws, and half a squared normal draw for the half. */
function gamma(shape: number, draws: Philox): number {
  let sum = shape % 1 === 0 ? 0 : draws.normal() ** 2 / 2
  for (let drawn = 1; drawn <= shape; drawn += 1) sum -= Math.log(1 - draws.uniform())
  return sum
}
