import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { CineStack } from '../cmr/cine.ts'
import { choosePlane, type Plane } from '../cmr/plane.ts'
import { beatMs, defaultPreparation, prepareCine } from '../cmr/prepare.ts'
import { cycleMsOf } from '../screening/cine/cycle.ts'
import { labelAcquired } from '../screening/cine/acquired.ts'
import { encodeAcquiredGif } from '../screening/cine/gif.ts'
import { encodeNpy } from '../screening/cine/npy.ts'
import { writeWhole } from '../app/write-whole.ts'

export interface AcquiredSettings {
  plane: Plane
  time: 'fourth' | 'third'
  /** From 1; undefined: the middle one. */
  slice: number | undefined
  /** Centre of the box: column and row. */
  box: readonly number[] | undefined
  /** First and last frame, from 1. */
  frames: readonly number[] | undefined
}

export interface WrittenAcquired {
  npy: string
  gif: string
  plane: Plane
  /** From 1. */
  slice: number
  box: [number, number]
  frames: [number, number]
  beatMs: number | null
}

/**
 * Writes a real cine in the shape of a generated one. The names of the files are made of the pixels alone.
 *
 * @throws AppError `cmr/…`, `files/not-written`
 */
export async function writeAcquired(
  stack: CineStack,
  settings: AcquiredSettings,
  out: string,
): Promise<WrittenAcquired> {
  const { plane, time, box, frames } = settings
  const cut = { xy: stack.size.slices, xz: stack.size.rows, yz: stack.size.columns }[plane]
  const slice = settings.slice === undefined ? Math.floor(cut / 2) : settings.slice - 1
  const cine = choosePlane(stack, { plane, slice, time })
  const middle = defaultPreparation(cine)
  const centre = box ? { x: box[0]!, y: box[1]! } : middle.centre
  const [first, last] = frames ? [frames[0]! - 1, frames[1]! - 1] : [middle.first, middle.last]
  const prepared = prepareCine(cine, { centre, first, last })
  const beat = beatMs(cine.frameTimesMs, first, last)
  const name = createHash('sha256').update(new Uint8Array(prepared.buffer)).digest('hex').slice(0, 12)
  const npy = join(out, `${name}.acquired.npy`)
  const gif = join(out, `${name}.acquired.gif`)
  await writeWhole(gif, encodeAcquiredGif(labelAcquired(prepared), beat ?? cycleMsOf(null)))
  await writeWhole(npy, encodeNpy(prepared))
  return { npy, gif, plane, slice: slice + 1, box: [centre.x, centre.y], frames: [first + 1, last + 1], beatMs: beat }
}
