import type { CineStack, Vector } from '../../cine.ts'

/** What the header says about where x, y and z point; either may be missing. */
export interface NiftiOrientation {
  /** Three rows of three: the affine map from voxel numbers to right-anterior-superior millimetres. */
  sform: readonly (readonly number[])[] | null
  qform: { quaternion: readonly number[]; handedness: 1 | -1 } | null
}

/**
 * Directions in which x, y and z grow, in DICOM's axes (left, posterior, head), by the affine map or else by the
 * quaternion; null where the header gives neither.
 *
 * @see nifti1.h, “3D image (volume) orientation and location in space”, methods 2 and 3
 */
export function niftiAxes({ sform, qform }: NiftiOrientation): CineStack['axes'] {
  const matrix = sform ?? (qform && rotation(qform.quaternion, qform.handedness))
  if (!matrix) return null
  const axes = [0, 1, 2].map((column) => unit([-matrix[0]![column]!, -matrix[1]![column]!, matrix[2]![column]!]))
  const [column, row, slice] = axes
  return column && row && slice ? { column, row, slice } : null
}

function rotation([b = 0, c = 0, d = 0]: readonly number[], handedness: 1 | -1): number[][] {
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d))
  return [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), handedness * 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, handedness * 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), handedness * (a * a + d * d - c * c - b * b)],
  ]
}

function unit(vector: Vector): Vector | null {
  const length = Math.hypot(...vector)
  return length > 0 && Number.isFinite(length) ? (vector.map((value) => value / length) as unknown as Vector) : null
}
