import { decode, encode } from '@msgpack/msgpack'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FuzzInput } from './input.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/fuzz')

/** A file and its companions in one. */
export const packInput = (input: FuzzInput): Uint8Array => encode({ ...input, main: Uint8Array.from(input.main) })

export const unpackInput = (packed: Uint8Array): FuzzInput => decode(packed) as FuzzInput

/** Everything that was found and mended, by its path. */
export function keptInputs(): [path: string, input: FuzzInput][] {
  if (!existsSync(FOLDER)) return []
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.bin'))
  return paths.sort().map((path) => [path, unpackInput(readFileSync(join(FOLDER, path)))])
}
