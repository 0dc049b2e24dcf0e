import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decodeImage } from '../../src-main/app/reading/image-codecs.ts'
import type { CineStack } from '../../src-main/cmr/cine.ts'
import { readCines, type CineReading } from '../../src-main/cmr/read-cines.ts'

export const CINES = resolve(import.meta.dirname, '../fixtures/cine')
/** Files whose licence keeps them out of the repository lie in a folder beside it, where there is one. */
export const SHARED_CINES = resolve(import.meta.dirname, '../../../shared/data')
export const sharedAbsent = !existsSync(join(SHARED_CINES, 'cine_dicom'))

export const namedBytes = (folder: string, ...names: string[]) =>
  names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) as Uint8Array }))

export const filesIn = (folder: string) => namedBytes(folder, ...readdirSync(folder).sort())

export const read = (files: { name: string; bytes: Uint8Array }[]): Promise<CineReading> =>
  readCines(files, decodeImage)

/** The one cine of some files. */
export async function only(files: { name: string; bytes: Uint8Array }[]): Promise<CineStack> {
  const { stacks, refusals } = await read(files)
  if (stacks.length !== 1) throw new Error(`${stacks.length} cines, refusals ${JSON.stringify(refusals)}`)
  return stacks[0]!
}

/** Values of one frame of a stack with one slice. */
export function frameOf({ values, size }: CineStack, time: number): Float32Array {
  const pixels = size.columns * size.rows * size.slices
  return values.subarray(time * pixels, (time + 1) * pixels)
}

export const meanOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
export const rangeOf = (values: Float32Array): [number, number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
]
