import type { EcgChannel } from '../../ecg/recording.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { philox4x32 } from '../../random/philox.ts'

export const MADE_UP_RATE_HZ = 500
const SECONDS = 10
const STEP_MV = 0.0025

type Vector = readonly [left: number, down: number, back: number]

/** One wave of the heart's dipole: a Gaussian in time, and its direction and size in mV. */
interface Wave {
  atMs: number
  widthMs: number
  peakMv: Vector
}

/**
 * What a lead sees of the dipole.
 *
 * @see Dower GE, Machado HB, Osborne JA, Clin Cardiol 1980;3:87–95
 */
const LEAD_VECTORS: Readonly<Record<string, Vector>> = {
  I: [0.632, -0.235, 0.059],
  II: [0.235, 1.066, -0.132],
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
}

/** Hearts that look different to a reader, so that a list of them shows something. */
const HEARTS = [
  { r: 1, t: 1, qrs: 1, tBack: -0.12 },
  { r: 0.9, t: 0.8, qrs: 1.05, tBack: -0.1 },
  { r: 1.7, t: -0.5, qrs: 1.15, tBack: 0.1 },
  { r: 0.45, t: 0.3, qrs: 1.1, tBack: -0.05 },
  { r: 1.1, t: -0.8, qrs: 1, tBack: 0.2 },
  { r: 0.8, t: 0.5, qrs: 1.7, tBack: -0.05 },
] as const

/**
 * A 12-lead ECG of nobody: beats of a moving dipole with noise, drawn from seed, patient and visit. Later visits of one
 * patient are a little further on the same way.
 *
 * @returns twelve channels in mV, 10 s at 500 Hz; limb leads keep Einthoven's and Goldberger's laws
 */
export function madeUpEcg(seed: number, patient: number, visit: number): EcgChannel[] {
  const ofPatient = drawer(seed, patient, 0)
  const heart = HEARTS[Math.floor(ofPatient() * HEARTS.length)]!
  const beatMs = 60_000 / (56 + 34 * ofPatient())
  const progress = 1 + visit * (0.12 * ofPatient() - 0.04)
  const draw = drawer(seed, patient, visit + 1)
  const waves = wavesOf(heart, beatMs, progress)
  const beats = beatTimes(beatMs * (0.95 + 0.1 * draw()), draw)
  const count = SECONDS * MADE_UP_RATE_HZ
  const leads = Object.fromEntries(
    Object.entries(LEAD_VECTORS).map(([name, vector]) => [name, leadOf(vector, waves, beats, count, draw)]),
  )
  const limb = (weightI: number, weightII: number): Float32Array =>
    Float32Array.from({ length: count }, (_, t) => weightI * leads['I']![t]! + weightII * leads['II']![t]!)
  const all = { ...leads, III: limb(-1, 1), aVR: limb(-0.5, -0.5), aVL: limb(1, -0.5), aVF: limb(-0.5, 1) }
  return LEAD_NAMES.map((name) => ({
    name,
    samplesMv: (all as Record<string, Float32Array>)[name]!,
    stepMv: STEP_MV,
  }))
}

function wavesOf({ r, t, qrs, tBack }: (typeof HEARTS)[number], beatMs: number, progress: number): Wave[] {
  const tAtMs = 250 * Math.sqrt(beatMs / 1000) * (0.9 + 0.1 * qrs)
  return [
    { atMs: -165, widthMs: 22, peakMv: [0.07, 0.11, -0.02] },
    { atMs: -26 * qrs, widthMs: 8 * qrs, peakMv: [-0.1, 0.05, -0.22] },
    { atMs: 0, widthMs: 11 * qrs, peakMv: [1.05 * r * progress, 0.75 * r, 0.2 * r] },
    { atMs: 27 * qrs, widthMs: 10 * qrs, peakMv: [-0.22 * r, -0.15 * r, 0.5 * r * progress] },
    { atMs: tAtMs, widthMs: 45, peakMv: [(0.3 * t) / progress, (0.2 * t) / progress, tBack] },
  ]
}

/** R peaks, which the breath moves a little. */
function beatTimes(beatMs: number, draw: () => number): number[] {
  const times: number[] = []
  for (let atMs = -beatMs * draw(); atMs < SECONDS * 1000 + 400; atMs += beatMs * (0.97 + 0.06 * draw()))
    times.push(atMs)
  return times
}

function leadOf(
  vector: Vector,
  waves: readonly Wave[],
  beats: readonly number[],
  count: number,
  draw: () => number,
): Float32Array {
  const samples = new Float32Array(count)
  for (const beat of beats) {
    for (const { atMs, widthMs, peakMv } of waves) {
      const peak = vector.reduce((sum, weight, axis) => sum + weight * peakMv[axis]!, 0)
      const centre = ((beat + atMs) * MADE_UP_RATE_HZ) / 1000
      const width = (widthMs * MADE_UP_RATE_HZ) / 1000
      const from = Math.max(0, Math.ceil(centre - 5 * width))
      const to = Math.min(count - 1, Math.floor(centre + 5 * width))
      for (let t = from; t <= to; t++) samples[t]! += peak * Math.exp(-0.5 * ((t - centre) / width) ** 2)
    }
  }
  const wander = 0.03 * draw()
  const phase = 2 * Math.PI * draw()
  for (let t = 0; t < count; t++) {
    // Four uniform numbers are noise enough for the eye, and quicker than a Gaussian.
    const noise = 0.012 * (draw() + draw() + draw() + draw() - 2)
    samples[t]! += noise + wander * Math.sin((2 * Math.PI * 0.25 * t) / MADE_UP_RATE_HZ + phase)
  }
  return samples
}

/** Numbers in [0, 1), one after the other, the same for the same three. */
function drawer(seed: number, patient: number, visit: number): () => number {
  const words = new Uint32Array(4)
  let block = 0
  let next = 4
  return () => {
    if (next === 4) {
      philox4x32([block++, patient, visit, 0], [seed >>> 0, 0x45434721], words)
      next = 0
    }
    return words[next++]! / 2 ** 32
  }
}
