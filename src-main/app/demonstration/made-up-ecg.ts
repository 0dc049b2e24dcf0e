import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { EcgChannel } from '../../ecg/recording.ts'
import { drawsOf } from './draws.ts'
import { electricalHeart, type ElectricalHeart } from './electrical-heart.ts'
import { BEFORE_S, ectopicBeat, FINE_HZ, normalBeat, type Beat } from './made-up-beat.ts'
import { madeUpHeart } from './made-up-heart.ts'
import { madeUpRhythm, type MadeUpRhythm } from './made-up-rhythm.ts'
import { addNoise, placedLeads, project } from './recorder.ts'
import type { Philox } from '../../statistics/random.ts'
import { scaled, unit } from './vectors.ts'

export const MADE_UP_RATE_HZ = 500
const SECONDS = 10
const COUNT = SECONDS * MADE_UP_RATE_HZ
/** What the recorder measures in; limb leads that are halves of others need steps of half of it. */
const MEASURED_STEP_MV = 0.005
const BREATH_DEGREES = 4

/**
 * A 12-lead ECG of nobody, as the training kit draws those that the pack was calibrated on: a heart with or without an
 * illness, its beats, the leads and the recorder's noise, from seed, patient and visit. Visits of one patient show the
 * same heart a little later, with electrodes placed anew.
 *
 * @param visit  counts from 1
 * @returns twelve channels in mV, 10 s at 500 Hz; limb leads keep Einthoven's and Goldberger's laws
 * @see models/training/cardionets_training/simulator/ecg.py
 */
export function madeUpEcg(seed: number, patient: number, visit: number): EcgChannel[] {
  const heart = madeUpHeart(seed, patient, visit)
  const electrical = electricalHeart(heart, drawsOf(seed, patient, 'conduction'))
  const draws = drawsOf(seed, patient, 'rhythm', visit)
  const rhythm = madeUpRhythm({ rateBpm: heart.rateBpm, durationS: SECONDS }, electrical, draws)
  const vector = heartVector(electrical, rhythm, draws)
  const place = drawsOf(seed, patient, 'place')
  const leads = Object.entries(placedLeads(heart, place, drawsOf(seed, patient, 'electrodes', visit)))
  const measured = leads.map(([, lead]) => project(vector, lead))
  addNoise(measured, MADE_UP_RATE_HZ, drawsOf(seed, patient, 'noise', visit))
  const stored = measured.map((samples) => samples.map((mv) => Math.round(mv / MEASURED_STEP_MV) * MEASURED_STEP_MV))
  const [one, two] = stored as [Float32Array, Float32Array]
  const limb = (weightI: number, weightII: number): Float32Array =>
    one.map((mv, t) => weightI * mv + weightII * two[t]!)
  const samplesOf: Record<string, Float32Array> = {
    ...Object.fromEntries(leads.map(([name], index) => [name, stored[index]!])),
    III: limb(-1, 1),
    aVR: limb(-0.5, -0.5),
    aVL: limb(1, -0.5),
    aVF: limb(-0.5, 1),
  }
  return LEAD_NAMES.map((name) => ({ name, samplesMv: samplesOf[name]!, stepMv: MEASURED_STEP_MV / 2 }))
}

/** Beat after beat, fibrillating atria where there are no P waves, and a heart that rocks with the breath: mV. */
function heartVector(heart: ElectricalHeart, rhythm: MadeUpRhythm, draws: Philox): Beat {
  const vector: Beat = [new Float64Array(COUNT), new Float64Array(COUNT), new Float64Array(COUNT)]
  const shapes = { normal: normalBeat(heart), ectopic: ectopicBeat(heart) }
  for (const { onsetS, ectopic } of rhythm.beats)
    addBeat(vector, ectopic ? shapes.ectopic : shapes.normal, onsetS - BEFORE_S, 1 + 0.03 * draws.normal())
  if (heart.fibrillates) addFibrillation(vector, draws)
  return breathing(vector, rhythm, draws)
}

function addBeat(vector: Beat, beat: Beat, fromS: number, size: number): void {
  const step = FINE_HZ / MADE_UP_RATE_HZ
  const first = Math.ceil(fromS * MADE_UP_RATE_HZ)
  const offset = Math.round((first / MADE_UP_RATE_HZ - fromS) * FINE_HZ)
  for (let fine = offset, t = first; fine < beat[0].length; fine += step, t += 1) {
    if (t < 0 || t >= COUNT) continue
    for (const axis of [0, 1, 2] as const) vector[axis][t]! += size * beat[axis][fine]!
  }
}

/** Waves of 5 to 7 a second, seen best from the right and the front. */
function addFibrillation(vector: Beat, draws: Philox): void {
  const hz = 5.5 + draws.uniform()
  const drift = 2 * Math.PI * draws.uniform()
  const sizeMv = 0.04 + 0.03 * draws.uniform()
  for (let t = 0; t < COUNT; t += 1) {
    const atS = t / MADE_UP_RATE_HZ
    const phase = 2 * Math.PI * hz * atS + 2.5 * Math.sin(2 * Math.PI * 0.4 * atS + drift)
    const wave = sizeMv * (Math.sin(phase) + 0.35 * Math.sin(2 * phase + 1))
    const mv = scaled(wave, [-0.4, 0.6, -0.7])
    for (const axis of [0, 1, 2] as const) vector[axis][t]! += mv[axis]
  }
}

function breathing(vector: Beat, { breathHz, breathPhase }: MadeUpRhythm, draws: Philox): Beat {
  const [x, y, z] = unit(draws.normal(), draws.normal(), draws.normal())
  const [left, down, back] = vector
  const swing = left.map((_, t) => {
    const turn = Math.sin((2 * Math.PI * breathHz * t) / MADE_UP_RATE_HZ + breathPhase)
    return ((BREATH_DEGREES * Math.PI) / 180) * turn
  })
  return [
    left.map((mv, t) => mv + swing[t]! * (y * back[t]! - z * down[t]!)),
    down.map((mv, t) => mv + swing[t]! * (z * left[t]! - x * back[t]!)),
    back.map((mv, t) => mv + swing[t]! * (x * down[t]! - y * left[t]!)),
  ]
}
