import type { Philox } from '../../statistics/random.ts'
import { clip } from './clip.ts'
import type { MadeUpHeart } from './made-up-heart.ts'
import { cross, dot, scaled, sum, unit, type Vector } from './vectors.ts'

/** One dipole of a wave: a Gaussian in time, from the onset of the QRS complex. */
export interface Dipole {
  mv: Vector
  atMs: number
  widthMs: number
}

/** What the electricity of a heart does in one beat; times in ms from the onset of the QRS complex, vectors in mV. */
export interface ElectricalHeart {
  fibrillates: boolean
  sdnnMs: number
  qrsMs: number
  qtMs: number
  atria: readonly Dipole[]
  ventricles: readonly Dipole[]
  tWaveMv: Vector
  stSegmentMv: Vector
}

/** When each of 17 segments of the left ventricle is activated in a heart of 88 ms, and how strongly. */
const ACTIVATION_MS = [40, 20, 24, 46, 54, 48, 26, 9, 10, 28, 36, 34, 22, 13, 24, 26, 18]
const STRENGTH = [0.6, 0.25, 0.25, 0.9, 0.6, 1.3, 0.7, 0.22, 0.22, 0.9, 0.7, 1.5, 0.7, 0.22, 0.9, 1.2, 1.2]
const LATERAL = [5, 6, 11, 12, 16]
/** Outward normals of AHA segments 1 to 16 and of the apex. */
const NORMALS = segmentNormals()

/**
 * An activation-dipole model of the QRS complex with P and T waves to match.
 *
 * @param draws  of the stream `conduction`
 * @see models/training/cardionets_training/simulator/ecg_parameters.py
 */
export function electricalHeart(heart: MadeUpHeart, draws: Philox): ElectricalHeart {
  const { male, illness, leftMass, leftVolume, leftAtrium, rightAtrium } = heart
  const { kind, severity } = illness
  const older = heart.ageYears - 64
  const dilated = kind === 'dcm' || illness.failure === 'dilated'
  const leftBlock = draws.uniform() < (dilated ? 0.3 : 0.01)
  const rightBlock = draws.uniform() < (kind === 'ph' ? 0.2 : 0.02) && !leftBlock
  const fibrillation = 1 / (1 + Math.exp(5 - 0.06 * (older + 4) - 1.5 * (leftAtrium - 1)))
  const fibrillates = draws.uniform() < fibrillation
  const narrowMs = 83 + (male ? 9 : 0) + 0.1 * older + 12 * (leftMass - 1) + 14 * (leftVolume - 1) + 7 * draws.normal()
  const stretch = clip(narrowMs, 62, 150) / 88
  const segments = excitableSegments(heart, draws)
  const infarct = withApex(illness.infarct)
  const strain = clip(1.1 * (leftMass - 1.25), 0, 1.6) + (kind === 'hcm' ? 0.7 * severity : 0)
  const recovered = segments.map((mv, index) =>
    scaled(0.8 * (1 - 2.2 * infarct[index]! - (LATERAL.includes(index + 1) ? strain : 0)), mv),
  )
  const tSize =
    0.3 *
    (male ? 1.25 : 0.85) *
    Math.exp(0.2 * draws.normal() - 0.012 * older) *
    Math.max(1 + 0.012 * (heart.ejection - 60), 0.2)
  const overload = scaled(kind === 'ph' ? 0.45 * severity : 0, [0.3, 0, 0.6])
  const early = scaled((male ? 0.08 : 0.02) * Math.exp(0.35 * draws.normal()), [0.3, 0.1, -0.9])
  const injury = scaled(0.03 * draws.normal(), sum(NORMALS.map((normal, index) => scaled(infarct[index]!, normal))))
  const prMs = 155 + 0.7 * (older + 4) + 13 * draws.normal() + (kind === 'rcm' ? 15 : 0)
  const qtMs = 395 * (60 / heart.rateBpm) ** 0.33 + (male ? 0 : 8) + 24 * (leftMass - 1) + 14 * draws.normal()
  return {
    fibrillates,
    sdnnMs: 35 * Math.exp(0.4 * draws.normal() - 0.015 * (older + 4)) * (kind === 'hf' ? 0.6 : 1),
    qrsMs: narrowMs + (leftBlock ? 40 : 0) + (rightBlock ? 32 : 0),
    qtMs: clip(qtMs, 290, 560) + (leftBlock ? 35 : 0),
    atria: fibrillates
      ? []
      : [
          {
            mv: scaled(0.085 * rightAtrium ** 0.6 * Math.exp(0.3 * draws.normal()), unit(0.25, 0.75, -0.45)),
            atMs: -(prMs - 35),
            widthMs: 14,
          },
          {
            mv: scaled(0.085 * leftAtrium ** 0.5 * Math.exp(0.3 * draws.normal()), unit(0.75, 0.25, 0.55)),
            atMs: -Math.max(prMs - 60 - 0.2 * older - 12 * (leftAtrium - 1) - 7 * draws.normal(), 45),
            widthMs: clip(15 + 4 * (leftAtrium - 1), 10, 30),
          },
        ],
    ventricles: [
      ...segments.map((mv, index) => {
        const late = leftBlock && (LATERAL.includes(index + 1) || index >= 12)
        const atMs = (ACTIVATION_MS[index]! + 2 * draws.normal()) * stretch + (late ? 45 : 0)
        return { mv, atMs, widthMs: 7.5 * stretch * (late ? 1.5 : 1) }
      }),
      ...rightVentricle(heart, stretch, rightBlock, draws.normal()),
    ],
    tWaveMv: scaled(tSize, sum([...recovered, [0.1, 0.08, -0.06], overload])),
    stSegmentMv: sum([early, injury]),
  }
}

/** Dipole moments of the 17 segments; what is scarred or stiff from amyloid is thick without voltage. */
function excitableSegments({ male, leftVolume, wallMm, illness }: MadeUpHeart, draws: Philox): Vector[] {
  const stiff = illness.kind === 'rcm' ? 0.8 - 0.25 * illness.severity : 1
  const size = 0.42 * (male ? 1.08 : 0.95) * leftVolume ** 0.25 * stiff
  const infarct = withApex(illness.infarct)
  return withApex(wallMm).map((thickness, index) => {
    const living = (thickness / 5.6) ** 0.8 * STRENGTH[index]! * (1 - 0.9 * infarct[index]!)
    return scaled(size * living * Math.exp(0.12 * draws.normal()), NORMALS[index]!)
  })
}

function rightVentricle(heart: MadeUpHeart, stretch: number, blocked: boolean, normal: number): Dipole[] {
  const size = 0.16 * heart.rightWall * heart.rightVolume ** 0.4 * Math.exp(0.3 * normal)
  const late = blocked ? 40 : 0
  return [
    { mv: scaled(size, unit(-0.8, 0.1, -0.55)), atMs: 30 * stretch + late, widthMs: 9 * stretch },
    { mv: scaled(0.4 * size, unit(-0.5, -0.7, -0.3)), atMs: 54 * stretch + late, widthMs: 9 * stretch },
  ]
}

/** Segments 1 to 16 and, as the apex, the mean of the four beside it. */
function withApex(segments: readonly number[]): number[] {
  return [...segments, segments.slice(12).reduce((total, one) => total + one, 0) / 4]
}

function segmentNormals(): Vector[] {
  const axis = unit(0.72, 0.42, -0.55)
  const raw: Vector = [0.35, -0.85, -0.4]
  const anterior = unit(...sum([raw, scaled(-dot(raw, axis), axis)]))
  const across = cross(axis, anterior)
  const septal = scaled(Math.sign(dot(across, [-1, 0, -0.5])), across)
  const ring = (count: number, tiltDegrees: number): Vector[] =>
    Array.from({ length: count }, (_, place) => {
      const around = (2 * Math.PI * place) / count
      const tilt = (tiltDegrees * Math.PI) / 180
      const outward = sum([scaled(Math.cos(around), anterior), scaled(Math.sin(around), septal)])
      return sum([scaled(Math.cos(tilt), outward), scaled(Math.sin(tilt), axis)])
    })
  return [...ring(6, -10), ...ring(6, 5), ...ring(4, 35), axis]
}
