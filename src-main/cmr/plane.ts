import { AppError } from '../../src-preload/contract/errors.ts'
import type { Cine, CineStack, Vector } from './cine.ts'
import { turnCine, type Turn } from './turn.ts'

/** Which two axes of the file are shown, the first across, the second down. */
export type Plane = 'xy' | 'xz' | 'yz'

export interface PlaneChoice {
  plane: Plane
  /** Position along the axis that the plane cuts, from 0; of no meaning where that axis is time. */
  slice: number
  /** `fourth`: the file's time axis. `third`: the axis that the plane cuts is time, as in a stack saved without one. */
  time: 'fourth' | 'third'
  /** How the plane is turned after it was cut; not at all where absent. */
  quarterTurns?: Turn['quarterTurns']
  mirrored?: boolean
}

const AXES = ['x', 'y', 'z'] as const

/**
 * One plane over time. Where the file says how it lies in the body, images are turned round so that columns run to the
 * patient's left or back and rows to the back or the feet, as a scanner shows them; then turned as the choice says.
 *
 * @throws AppError `cmr/no-such-slice`, `cmr/not-a-cine`
 */
export function choosePlane(stack: CineStack, choice: PlaneChoice): Cine {
  const { quarterTurns = 0, mirrored = false } = choice
  return turnCine(cutPlane(stack, choice), { quarterTurns, mirrored })
}

function cutPlane(stack: CineStack, { plane, slice, time }: PlaneChoice): Cine {
  const { size } = stack
  const lengths = [size.columns, size.rows, size.slices]
  const strides = [1, size.columns, size.columns * size.rows]
  const across = AXES.indexOf(plane[0] as 'x')
  const down = AXES.indexOf(plane[1] as 'x')
  const cut = 3 - across - down
  const frames = time === 'third' ? lengths[cut]! : size.times
  if (frames < 2) {
    throw new AppError(
      'cmr/not-a-cine',
      time === 'third'
        ? 'Along this axis lies one image only, so nothing moves. Choose another plane.'
        : 'The file has one point in time only. If its third axis is time, say so; else choose the cine series.',
    )
  }
  if (time === 'third' && size.times > 1)
    throw new AppError('cmr/not-a-cine', 'The file has a time axis of its own. Use that one.')
  if (time === 'fourth' && !(Number.isInteger(slice) && slice >= 0 && slice < lengths[cut]!))
    throw new AppError(
      'cmr/no-such-slice',
      `There are ${lengths[cut]} slices in this plane; slice ${slice + 1} is none.`,
    )

  const columns = lengths[across]!
  const rows = lengths[down]!
  const flip = flips(stack, across, down)
  const frameStride = time === 'third' ? strides[cut]! : strides[2]! * size.slices
  const start =
    (time === 'third' ? 0 : slice * strides[cut]!) +
    (flip.across ? (columns - 1) * strides[across]! : 0) +
    (flip.down ? (rows - 1) * strides[down]! : 0)
  const stepAcross = flip.across ? -strides[across]! : strides[across]!
  const stepDown = flip.down ? -strides[down]! : strides[down]!
  const values = new Float32Array(frames * rows * columns)
  let to = 0
  for (let frame = 0; frame < frames; frame++) {
    for (let row = 0; row < rows; row++) {
      let from = start + frame * frameStride + row * stepDown
      for (let column = 0; column < columns; column++, from += stepAcross) values[to++] = stack.values[from]!
    }
  }
  const spacing = stack.spacingMm
  return {
    frames,
    rows,
    columns,
    values,
    spacingMm: spacing && { row: spacing[down]!, column: spacing[across]! },
    frameTimesMs: time === 'third' ? null : stack.frameTimesMs,
  }
}

/** The plane of the body that comes nearest, or null where the file does not say how it lies. */
export function bodyPlane(stack: CineStack, plane: Plane): 'axial' | 'coronal' | 'sagittal' | null {
  if (!stack.axes) return null
  const cut = { xy: stack.axes.slice, xz: stack.axes.row, yz: stack.axes.column }[plane]
  return (['sagittal', 'coronal', 'axial'] as const)[dominant(cut)]!
}

function flips({ axes, format }: CineStack, across: number, down: number): { across: boolean; down: boolean } {
  // DICOM images are stored as they are shown.
  if (format.startsWith('dicom')) return { across: false, down: false }
  // NIfTI's y and z grow upwards by convention.
  if (!axes) return { across: false, down: true }
  const directions = [axes.column, axes.row, axes.slice]
  return { across: !runsOn(directions[across]!), down: !runsOn(directions[down]!) }
}

/** Towards the patient's left or back, or the feet: as a scanner shows it from left to right and from top to bottom. */
function runsOn(direction: Vector): boolean {
  const axis = dominant(direction)
  return axis === 2 ? direction[axis] < 0 : direction[axis] > 0
}

function dominant(direction: Vector): 0 | 1 | 2 {
  const sizes = direction.map(Math.abs)
  return sizes.indexOf(Math.max(...sizes)) as 0 | 1 | 2
}
