import { madeUpPatient } from '../../registry/demonstration/made-up-patients.ts'
import { clip } from './clip.ts'
import { drawsOf } from './draws.ts'
import { effectOf, madeUpIllness, type MadeUpIllness } from './made-up-illness.ts'

/** What of a heart its ECG shows. Sizes are fractions of what is normal for sex and body surface. */
export interface MadeUpHeart {
  male: boolean
  ageYears: number
  /** Body mass index, kg/m². */
  bmi: number
  illness: MadeUpIllness
  rateBpm: number
  leftVolume: number
  leftMass: number
  /** Left ventricular ejection fraction, %. */
  ejection: number
  rightVolume: number
  rightWall: number
  leftAtrium: number
  rightAtrium: number
  /** End-diastolic thickness of AHA segment 1 to 16, mm. */
  wallMm: readonly number[]
}

/** The equations hold for adults of these ages; anybody younger or older has the heart of the nearest of them. */
const YOUNGEST = 45
const OLDEST = 82
/** Year of the first visit of all patients. */
const YEAR = 2024
const WALL_PATTERN = [
  0.05, 0.18, 0.14, -0.02, -0.06, -0.04, 0, 0.08, 0.06, 0.02, -0.04, -0.04, -0.12, -0.06, -0.1, -0.12,
]
/** Long to short half-axis of the left ventricle's cavity. */
const ELONGATION = 1.6

/**
 * The heart of a made-up patient: the equations by which the training kit draws the cohort on which the pack was
 * calibrated, with draws of our own.
 *
 * @param visit  counts from 1; what is ill gets a little worse from one to the next
 * @see models/training/cardionets_training/simulator/phenotypes.py
 */
export function madeUpHeart(seed: number, patient: number, visit: number): MadeUpHeart {
  const { sex, birthDate, heightCm, weightKg } = madeUpPatient(seed, patient)
  const male = sex === 'male'
  const ageYears = clip(YEAR - Number(birthDate!.slice(0, 4)), YOUNGEST, OLDEST)
  const bodySurface = Math.sqrt((heightCm! * weightKg!) / 3600)
  const pressure = clip(138 + 0.45 * (ageYears - 64) + 17 * drawsOf(seed, patient, 'body').normal(), 90, 210)
  const illness = madeUpIllness(drawsOf(seed, patient, 'illness'), visit)
  const effect = effectOf(illness)
  const draws = drawsOf(seed, patient, 'heart')
  const spread = (size: number): number => Math.exp(size * draws.normal())

  const leftVolume = Math.exp(-0.0035 * (ageYears - 60)) * spread(0.14) * effect.edv
  const volumeReference = bodySurface * (male ? 85 : 74)
  const indexedExcess = (male ? 85 : 74) * (leftVolume - 1)
  const ejection = clip((male ? 58 : 61) + 4.6 * draws.normal() - 0.06 * indexedExcess + effect.ef, 12, 80)
  const burdened = illness.kind === 'ph' || illness.kind === 'rcm'
  const rateBpm = 62 + 9 * draws.normal() - 0.15 * (ejection - 60) + (burdened ? 6 * illness.severity : 0)
  const leftMass = spread(0.12) * Math.exp(0.0035 * (pressure - 138)) * leftVolume ** 0.35 * effect.mass
  const stroke = leftVolume * volumeReference * (ejection / 100) * (1 + 0.03 * draws.normal())
  const rightEjection = (male ? 54 : 58) + 5.5 * draws.normal() + 0.25 * Math.min(ejection - 60, 0) + effect.rvef
  // One circulation: the right ventricle must pump what the left one pumps, so where it pumps poorly it is large.
  const rightVolume = stroke / (clip(rightEjection, 25, 78) / 100) / (bodySurface * (male ? 91.3 : 77.8))
  const leftAtrium = spread(0.2) * Math.exp(0.006 * (ageYears - 60) + 0.003 * (pressure - 138)) * effect.la
  return {
    male,
    ageYears,
    bmi: weightKg! / (heightCm! / 100) ** 2,
    illness,
    rateBpm: clip(rateBpm, 40, 130),
    leftVolume,
    leftMass,
    ejection,
    rightVolume,
    leftAtrium,
    rightAtrium: spread(0.2) * effect.ra,
    rightWall: spread(0.08) * (illness.kind === 'ph' ? 1.2 + 0.8 * illness.severity : 1),
    wallMm: wallsOf(
      { cavityMl: leftVolume * volumeReference, massG: leftMass * bodySurface * (male ? 53 : 42) },
      illness,
      () => 0.35 * draws.normal(),
    ),
  }
}

function wallsOf(
  { cavityMl, massG }: { cavityMl: number; massG: number },
  { kind, severity, apical, infarct }: MadeUpIllness,
  unevennessMm: () => number,
): number[] {
  const meanMm = 10.6 * shellCm(cavityMl, massG)
  const [mostIn, besideIn] = apical
    ? [[13, 14, 15, 16], []]
    : [
        [2, 3],
        [1, 8, 9],
      ]
  return WALL_PATTERN.map((pattern, index) => {
    const healthy = meanMm * (1 + pattern) + unevennessMm()
    const most = kind === 'hcm' && mostIn!.includes(index + 1) ? 3 + 6 * severity : 0
    const beside = kind === 'hcm' && besideIn!.includes(index + 1) ? 1.5 + 3 * severity : 0
    return Math.max((healthy + most + beside) * (1 - 0.25 * infarct[index]!), 2)
  })
}

/** The wall of an ellipsoid shell of so much muscle around so large a cavity, cm. */
function shellCm(cavityMl: number, massG: number): number {
  const radius = Math.cbrt((3 * cavityMl) / (4 * Math.PI * ELONGATION))
  const outer = (3 * (cavityMl + massG / 1.05)) / (4 * Math.PI)
  let wall = 0.6
  // Newton's steps; the volume grows steadily with the wall, so that they always arrive.
  for (let step = 0; step < 12; step += 1) {
    const inner = radius + wall
    const long = ELONGATION * radius + wall
    wall -= (inner ** 2 * long - outer) / (2 * inner * long + inner ** 2)
  }
  return wall
}
