/** Interchanged electrodes: what is suspected, and how the leads would look with them at their places. Free of zod. */
import type { LEAD_NAMES } from './constants.ts'

type Lead = (typeof LEAD_NAMES)[number]

/** Interchanges of the arm and left-leg electrodes; the last two are the cyclic ones, named by where RA, LA and LL went. */
export const LIMB_INTERCHANGES = ['LA/RA', 'LA/LL', 'RA/LL', 'RA>LA>LL', 'RA>LL>LA'] as const
/** One arm's electrode, or both arms', on a leg: a lead between the legs is flat, and what it held is lost. */
export const LEG_INTERCHANGES = ['RA/RL', 'LA/RL', 'arms/legs'] as const
export const CHEST_INTERCHANGES = [
  'V1/V2', 'V1/V3', 'V1/V4', 'V1/V5', 'V1/V6', 'V2/V3', 'V2/V4', 'V2/V5', 'V2/V6', 'V3/V4', 'V3/V5', 'V3/V6', 'V4/V5',
  'V4/V6', 'V5/V6', 'V1-V6 reversed',
] as const // prettier-ignore

export const INTERCHANGES = [...LIMB_INTERCHANGES, ...LEG_INTERCHANGES, ...CHEST_INTERCHANGES] as const
export type Interchange = (typeof INTERCHANGES)[number]

/** From which recorded lead each lead that changes is taken, and with which sign. */
export type Correction = Partial<Record<Lead, readonly [from: Lead, sign: 1 | -1]>>

const LIMB: Record<(typeof LIMB_INTERCHANGES)[number], Correction> = {
  'LA/RA': { I: ['I', -1], II: ['III', 1], III: ['II', 1], aVR: ['aVL', 1], aVL: ['aVR', 1] },
  'LA/LL': { I: ['II', 1], II: ['I', 1], III: ['III', -1], aVL: ['aVF', 1], aVF: ['aVL', 1] },
  'RA/LL': { I: ['III', -1], II: ['II', -1], III: ['I', -1], aVR: ['aVF', 1], aVF: ['aVR', 1] },
  'RA>LA>LL': { I: ['II', -1], II: ['III', -1], III: ['I', 1], aVR: ['aVF', 1], aVL: ['aVR', 1], aVF: ['aVL', 1] },
  'RA>LL>LA': { I: ['III', 1], II: ['I', -1], III: ['II', -1], aVR: ['aVL', 1], aVL: ['aVF', 1], aVF: ['aVR', 1] },
}

/** How to undo an interchange for the eye; undefined where a lead is lost. */
export function correctionOf(interchange: Interchange): Correction | undefined {
  if (interchange in LIMB) return LIMB[interchange as keyof typeof LIMB]
  if (interchange === 'V1-V6 reversed') {
    return Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`V${k}`, [`V${7 - k}`, 1]]))
  }
  const [a, b] = interchange.split('/') as [Lead, Lead]
  return a.startsWith('V') ? { [a]: [b, 1], [b]: [a, 1] } : undefined
}
