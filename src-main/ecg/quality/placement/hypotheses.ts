import {
  LIMB_INTERCHANGES,
  CHEST_INTERCHANGES,
  correctionOf,
  type Interchange,
} from '../../../../src-preload/contract/placement.ts'
import type { LeadName } from '../../../../src-preload/contract/ecg.ts'
import { fitForm, type FitForm, type Matrix } from './dipole-fit.ts'

/** The leads that are recorded independently of each other, in the order of a beat shape. */
const INDEPENDENT: readonly LeadName[] = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']

/** Least evidence for a suspicion: by the geometry of the leads alone, and with the direction of the P wave. */
export interface Threshold {
  geometry: number
  together: number
}

export interface Hypothesis {
  interchange: Interchange
  /** How I and II are made of the recorded I and II, row by row; null for an interchange of chest electrodes. */
  limb: readonly [number, number, number, number] | null
  form: FitForm
  threshold: Threshold
}

/**
 * Chosen on one half of the recordings so that hardly any correct recording passes them, with a margin for real chests,
 * which resemble a dipole less than simulated ones (docs/signal-quality.md).
 */
const THRESHOLDS: Partial<Record<Interchange, Threshold>> = {
  'LA/RA': { geometry: 0.25, together: 1.1 },
  'LA/LL': { geometry: 1.1, together: 2.4 },
  'RA/LL': { geometry: 0.5, together: 2 },
  'RA>LA>LL': { geometry: 0.4, together: 2 },
  'RA>LL>LA': { geometry: 0.5, together: 2 },
  'V1/V2': { geometry: 0.5, together: 0.5 },
  'V2/V3': { geometry: 0.6, together: 0.6 },
  'V4/V5': { geometry: 0.4, together: 0.4 },
}
const OTHER_CHEST: Threshold = { geometry: 0.45, together: 0.45 }

/** Nothing interchanged: what the others are held against. */
export const AS_RECORDED: FitForm = fitForm(INDEPENDENT.map((_, i) => INDEPENDENT.map((__, j) => (i === j ? 1 : 0))))

export const HYPOTHESES: readonly Hypothesis[] = [...LIMB_INTERCHANGES, ...CHEST_INTERCHANGES].map((interchange) => {
  const correction = correctionOf(interchange)!
  const rows = INDEPENDENT.map((lead) => {
    const [from, sign] = correction[lead] ?? [lead, 1]
    return madeOf(from).map((weight) => sign * weight)
  })
  const limb = interchange.startsWith('V') ? null : ([rows[0]![0]!, rows[0]![1]!, rows[1]![0]!, rows[1]![1]!] as const)
  return { interchange, limb, form: fitForm(rows as Matrix), threshold: THRESHOLDS[interchange] ?? OTHER_CHEST }
})

/** A lead as weights of the independent ones: III is II − I. */
function madeOf(lead: LeadName): number[] {
  const weights = INDEPENDENT.map((name) => (name === lead ? 1 : 0))
  return lead === 'III' ? [-1, 1, ...weights.slice(2)] : weights
}
