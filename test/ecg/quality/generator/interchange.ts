import { correctionOf, type Interchange } from '../../../../src-preload/contract/placement.ts'
import type { LeadName } from '../../../../src-preload/contract/ecg.ts'
import { gaussians } from '../../measurements/simulated-ecg.ts'

/** Leads I, II, V1–V6, mV. */
export type EightLeads = readonly Float32Array[]
const NAMES: readonly LeadName[] = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']

/** The right leg is not the left one: so much of the potential between the arms, and so much noise, lie between them. */
const LEG_SHARE = 0.03
const LEG_NOISE_MV = 0.005

/** What the recorder would have written with two electrodes, or three, at each other's places. */
export function interchanged(leads: EightLeads, interchange: Interchange): Float32Array[] {
  if (interchange === 'RA/RL' || interchange === 'LA/RL' || interchange === 'arms/legs')
    return onLegs(leads, interchange)
  // A cyclic interchange is undone by the other one; all others undo themselves.
  const undoing = interchange === 'RA>LA>LL' ? 'RA>LL>LA' : interchange === 'RA>LL>LA' ? 'RA>LA>LL' : interchange
  const correction = correctionOf(undoing)!
  const lead = (name: LeadName): Float32Array =>
    name === 'III' ? leads[1]!.map((value, i) => value - leads[0]![i]!) : leads[NAMES.indexOf(name)]!
  return NAMES.map((name) => {
    const [from, sign] = correction[name] ?? [name, 1]
    return lead(from).map((value) => sign * value)
  })
}

function onLegs([I, II, ...chest]: EightLeads, which: 'RA/RL' | 'LA/RL' | 'arms/legs'): Float32Array[] {
  const random = gaussians(77)
  const [one, two, shift] = [new Float32Array(I!.length), new Float32Array(I!.length), new Float32Array(I!.length)]
  for (let i = 0; i < I!.length; i += 1) {
    // Potentials against Wilson's terminal, the mean of the three limbs.
    const ra = -(I![i]! + II![i]!) / 3
    const [la, ll] = [ra + I![i]!, ra + II![i]!]
    const rl = ll + LEG_SHARE * (la - ra) + LEG_NOISE_MV * random()
    const [asRA, asLA, asLL] = which === 'RA/RL' ? [rl, la, ll] : which === 'LA/RL' ? [ra, rl, ll] : [rl, ll, la]
    one[i] = asLA - asRA
    two[i] = asLL - asRA
    shift[i] = (asRA + asLA + asLL) / 3
  }
  return [one, two, ...chest.map((lead) => lead.map((value, i) => value - shift[i]!))]
}
