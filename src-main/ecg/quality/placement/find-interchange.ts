import type { Interchange } from '../../../../src-preload/contract/placement.ts'
import type { BeatShape } from './beat-shape.ts'
import { unexplainedShare } from './dipole-fit.ts'
import { AS_RECORDED, HYPOTHESES, type Hypothesis } from './hypotheses.ts'

/** A limb lead between two electrodes on legs holds next to nothing beside the chest leads; a natural axis leaves more. */
const FLAT_SHARE = 0.05
/** Frontal direction of normal P waves: mean and spread in degrees, and how many have any other direction. */
const P_AXIS = { mean: 50, spread: 28, other: 0.15 }
/** A P wave below the first tells nothing, one above the second counts in full, mV. */
const P_MV = { from: 0.03, to: 0.08 }

/** Three or six electrodes at wrong places are rarer than two. */
const RARE: ReadonlySet<Interchange> = new Set(['RA>LA>LL', 'RA>LL>LA', 'V1-V6 reversed'])
const RARITY = 1.5

export interface Evidence {
  interchange: Interchange
  /** ln of how much worse a heart vector explains the leads as recorded than with the electrodes at their places. */
  geometry: number
  /** That and ln of how much likelier the P wave's direction becomes. */
  together: number
  /** That and ln of how rare the interchange is beside one of two neighbours: decides between several. */
  likely: number
}

/**
 * The interchange of electrodes that a beat's shape speaks for, if it speaks clearly.
 *
 * The leads of one heart are views of one vector from known directions. Two electrodes at each other's place break
 * this, and exchanging the leads back mends it; for limb electrodes the P wave, which points to the left and down in
 * nearly everyone, decides too. An arm's electrode on a leg leaves one limb lead flat.
 *
 * @see Kors JA, van Herpen G, J Electrocardiol 2001;34 Suppl:95–100 (reconstructing a lead from the others)
 */
export function findInterchange(shape: BeatShape): Interchange | null {
  const flat = flatLimbLead(shape.products)
  if (flat) return flat
  let best: Evidence | null = null
  for (const hypothesis of HYPOTHESES) {
    const evidence = weigh(hypothesis, shape)
    const { geometry, together } = hypothesis.threshold
    if (evidence.geometry < geometry || evidence.together < together) continue
    if (!best || evidence.likely > best.likely) best = evidence
  }
  return best?.interchange ?? null
}

/** The evidence for one interchange. */
export function weigh({ interchange, form, limb }: Hypothesis, { products, p }: BeatShape): Evidence {
  const geometry = Math.log(unexplainedShare(AS_RECORDED, products) / unexplainedShare(form, products))
  const together = geometry + (limb ? pEvidence(p[0]!, p[1]!, limb) : 0)
  return { interchange, geometry, together, likely: together - (RARE.has(interchange) ? RARITY : 0) }
}

function pEvidence(I: number, II: number, [a, b, c, d]: readonly [number, number, number, number]): number {
  const size = Math.hypot(I, (2 * II - I) / Math.sqrt(3))
  const weight = Math.min(1, Math.max(0, (size - P_MV.from) / (P_MV.to - P_MV.from)))
  return weight * (pLikelihood(a * I + b * II, c * I + d * II) - pLikelihood(I, II))
}

/** ln of the density of a P wave's frontal axis. */
function pLikelihood(I: number, II: number): number {
  const degrees = (Math.atan2((2 * II - I) / Math.sqrt(3), I) * 180) / Math.PI
  const off = ((((degrees - P_AXIS.mean + 180) % 360) + 360) % 360) - 180
  const normal = Math.exp(-0.5 * (off / P_AXIS.spread) ** 2) / (P_AXIS.spread * Math.sqrt(2 * Math.PI))
  return Math.log((1 - P_AXIS.other) * normal + P_AXIS.other / 360)
}

/** Which limb lead, if any, stands between the legs. */
function flatLimbLead(products: Float64Array): Interchange | null {
  const energyOf = (lead: number): number => products[9 * lead]!
  const chest = [2, 3, 4, 5, 6, 7].reduce((sum, lead) => sum + energyOf(lead), 0) / 6
  const [I, II] = [energyOf(0), energyOf(1)]
  const III = I + II - 2 * products[1]!
  const least = Math.min(I, II, III)
  if (least > FLAT_SHARE ** 2 * chest) return null
  return least === II ? 'RA/RL' : least === III ? 'LA/RL' : 'arms/legs'
}
