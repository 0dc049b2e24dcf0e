import type { LeadName } from '../../src-preload/contract/ecg.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'

/** The standard leads that are neither in `present` nor follow from two of I, II and III. */
export function missingLeads(present: ReadonlySet<LeadName>): LeadName[] {
  const derivable = (['I', 'II', 'III'] as const).filter((lead) => present.has(lead)).length >= 2
  return LEAD_NAMES.filter((lead) => !present.has(lead) && !(derivable && LIMB_LEADS.has(lead)))
}

const LIMB_LEADS: ReadonlySet<LeadName> = new Set(['I', 'II', 'III', 'aVR', 'aVL', 'aVF'])

/**
 * All six limb leads of two of I, II and III, by the laws of Einthoven (I + III = II) and Goldberger. Leads that are
 * given stay as they are.
 *
 * @param known  samples in mV, any unit in truth: the laws are linear
 * @throws AppError `ecg/lead-missing` with fewer than two of I, II and III; `ecg/length-mismatch`
 */
export function deriveLimbLeads(known: Partial<Record<LeadName, Float32Array>>): Record<LimbLead, Float32Array> {
  const { I: one, II: two, III: three } = known
  const I = one ?? combine(two, 1, three, -1)
  const II = two ?? combine(one, 1, three, 1)
  return {
    I,
    II,
    III: three ?? combine(II, 1, I, -1),
    aVR: known.aVR ?? combine(I, -0.5, II, -0.5),
    aVL: known.aVL ?? combine(I, 1, II, -0.5),
    aVF: known.aVF ?? combine(II, 1, I, -0.5),
  }
}

export type LimbLead = Extract<LeadName, 'I' | 'II' | 'III' | 'aVR' | 'aVL' | 'aVF'>

function combine(a: Float32Array | undefined, weightA: number, b: Float32Array | undefined, weightB: number) {
  if (!a || !b) throw new AppError('ecg/lead-missing', 'The limb leads need two of I, II and III.')
  if (a.length !== b.length) {
    throw new AppError('ecg/length-mismatch', `Two limb leads differ in length: ${a.length} and ${b.length} samples.`)
  }
  const out = new Float32Array(a.length)
  for (let t = 0; t < a.length; t++) out[t] = weightA * a[t]! + weightB * b[t]!
  return out
}
