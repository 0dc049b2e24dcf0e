import type { Dipole, ElectricalHeart } from './electrical-heart.ts'
import { cross, scaled, sum, unit, type Vector } from './vectors.ts'

/** Fine enough that a beat may begin between two samples of a recording. */
export const FINE_HZ = 2000
/** Where in a beat its QRS complex begins: before it is room for a P wave. */
export const BEFORE_S = 0.35
const AFTER_S = 0.75

/** The heart's vector over one beat: left, down and back in mV, at `FINE_HZ`. */
export type Beat = readonly [left: Float64Array, down: Float64Array, back: Float64Array]

/** @see models/training/cardionets_training/simulator/ecg_waves.py */
export function normalBeat(heart: ElectricalHeart): Beat {
  const beat = emptyBeat()
  for (const dipole of [...heart.atria, ...heart.ventricles]) addDipole(beat, dipole)
  const topMs = heart.qtMs - 95
  // A T wave rises slowly and falls faster.
  addWave(beat, heart.tWaveMv, (ms) => Math.exp(-0.5 * ((ms - topMs) / (ms < topMs ? 48 : 32)) ** 2))
  addWave(
    beat,
    heart.stSegmentMv,
    (ms) => 1 / (1 + Math.exp(-(ms - heart.qrsMs - 4) / 7)) / (1 + Math.exp((ms - topMs) / 22)),
  )
  return beat
}

/** A beat that begins in a ventricle: no P wave, slow from the wall outwards, its T wave against it. */
export function ectopicBeat(heart: ElectricalHeart): Beat {
  const main = sum(heart.ventricles.map(({ mv }) => mv))
  const size = Math.hypot(...main)
  const first = scaled(0.75 * size, cross(unit(...main), [0.3, -0.5, 0.8]))
  const second = scaled(-0.55, main)
  const beat = emptyBeat()
  addDipole(beat, { mv: first, atMs: 55, widthMs: 19 })
  addDipole(beat, { mv: second, atMs: 95, widthMs: 22 })
  addDipole(beat, { mv: scaled(-0.35, sum([first, second])), atMs: heart.qtMs - 70, widthMs: 55 })
  return beat
}

function emptyBeat(): Beat {
  const one = (): Float64Array => new Float64Array((BEFORE_S + AFTER_S) * FINE_HZ)
  return [one(), one(), one()]
}

function addDipole(beat: Beat, { mv, atMs, widthMs }: Dipole): void {
  addWave(beat, mv, (ms) => Math.exp(-0.5 * ((ms - atMs) / widthMs) ** 2))
}

function addWave(beat: Beat, mv: Vector, shape: (ms: number) => number): void {
  for (let sample = 0; sample < beat[0].length; sample += 1) {
    const height = shape((sample / FINE_HZ - BEFORE_S) * 1000)
    for (const axis of [0, 1, 2] as const) beat[axis][sample]! += height * mv[axis]
  }
}
