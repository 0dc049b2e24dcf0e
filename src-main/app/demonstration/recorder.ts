import type { Philox } from '../../statistics/random.ts'
import type { MadeUpHeart } from './made-up-heart.ts'
import { dot, scaled, turned, type Vector } from './vectors.ts'

/**
 * How the leads that are measured see the heart's vector, and the order in which they are drawn.
 *
 * @see Dower GE, Machado HB, Osborne JA, Clin Cardiol 1980;3:87–95
 */
export const LEAD_VECTORS: Readonly<Record<string, Vector>> = {
  I: [0.632, -0.235, 0.059],
  II: [0.235, 1.066, -0.132],
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
}
const TURN_DEGREES = 9
const ELECTRODE_SPREAD = 0.06
const GAIN_SPREAD = 0.2

/**
 * The measured leads as they lie on this person: the heart's place in the chest, the voltage that reaches the skin, and
 * electrodes that are never quite where they belong.
 *
 * @param place       draws that stay with the patient
 * @param electrodes  draws of the visit
 */
export function placedLeads(heart: MadeUpHeart, place: Philox, electrodes: Philox): Record<string, Vector> {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [across, along] = [radians(TURN_DEGREES) * place.normal(), radians(TURN_DEGREES) * place.normal()]
  // The frontal axis turns up with age and with body mass.
  const frontal = radians(TURN_DEGREES) * place.normal() - radians(0.8 * (heart.ageYears - 64) + 1.2 * (heart.bmi - 26))
  const gain = (heart.bmi / 26) ** -0.5 * Math.exp(GAIN_SPREAD * place.normal())
  return Object.fromEntries(
    Object.entries(LEAD_VECTORS).map(([name, vector]) => {
      const [x, y, z] = vector.map((part) => part + ELECTRODE_SPREAD * electrodes.normal()) as [number, number, number]
      // The heart turns in the chest, so the lead sees it as if it had turned the other way itself.
      return [name, scaled(gain, turned(turned(turned([x, y, z], 2, -frontal), 1, -along), 0, -across))]
    }),
  )
}

/** What a lead shows of the heart's vector: mV. */
export function project(vector: readonly [Float64Array, Float64Array, Float64Array], lead: Vector): Float32Array {
  const [left, down, back] = vector
  return Float32Array.from(left, (x, t) => dot([x, down[t]!, back[t]!], lead))
}

/** Wander, mains hum and muscle noise of one recording, added to its leads. */
export function addNoise(leads: readonly Float32Array[], rateHz: number, draws: Philox): void {
  const wander = 0.02 * 10 ** draws.uniform()
  const slow = Array.from({ length: 3 }, () => ({
    hz: 0.05 + 0.45 * draws.uniform(),
    phase: 2 * Math.PI * draws.uniform(),
  }))
  const humMv = 0.03 * draws.uniform()
  const humPhase = 2 * Math.PI * draws.uniform()
  for (const samples of leads) {
    const shares = slow.map(() => (wander * draws.normal()) / Math.sqrt(3))
    const humHere = humMv * (0.3 + 0.7 * draws.uniform())
    const muscle = muscleNoise(samples.length, 0.001 * (5 + 20 * draws.uniform()), draws)
    for (let t = 0; t < samples.length; t += 1) {
      const atS = t / rateHz
      const drift = slow.reduce(
        (all, { hz, phase }, one) => all + shares[one]! * Math.sin(2 * Math.PI * hz * atS + phase),
        0,
      )
      samples[t]! += drift + humHere * Math.sin(2 * Math.PI * 50 * atS + humPhase) + muscle[t]!
    }
  }
}

/** Noise between about 20 and 150 Hz at 500 Hz, of this size (root of the mean square). */
function muscleNoise(count: number, sizeMv: number, draws: Philox): Float32Array {
  const noise = new Float32Array(count)
  let low = 0
  let before = 0
  let squares = 0
  for (let t = 0; t < count; t += 1) {
    const white = draws.normal()
    low += 0.22 * (white - low)
    const fast = white - low
    noise[t] = fast + before
    before = fast
    squares += noise[t]! ** 2
  }
  const gain = sizeMv / Math.sqrt(squares / count)
  return noise.map((value) => gain * value)
}
