import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What an adapter finds under a name; a function looks up keys whose names carry a parameter. */
export type Actual = number | string | null | readonly Actual[] | { readonly [key: string]: Actual } | Lookup
export type Lookup = (name: string) => Actual | undefined

// Cases are data of many shapes; the adapters know which shape belongs to their function.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any

export interface Tolerance {
  abs: number
  rel: number
}

export interface ReferenceCase {
  id: string
  function: string
  inputs: Json
  options: Json
  expected: Record<string, Json>
  tolerance: Tolerance
  /** Folder of the file, for `dataset_file`. */
  folder: string
  /** The `data` block of the file that the case names, else of its own. */
  data: Json
}

export type Adapter = (reference: ReferenceCase) => Lookup

/** All cases of a folder, by file. */
export function readCases(folder: string): { file: string; cases: ReferenceCase[] }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => {
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json
    const cases = (content.cases as Json[]).map((one): ReferenceCase => ({
      id: one.id,
      function: one.function,
      inputs: one.inputs,
      options: one.options ?? {},
      expected: one.expected,
      tolerance: one.tolerance ?? content.default_tolerance ?? { abs: 1e-9, rel: 1e-9 },
      folder,
      data: dataOf(one.inputs, content.data, folder),
    }))
    return { file, cases }
  })
}

const published = join(import.meta.dirname, '../../../../shared/reference/statistics')

/** The data of the case's own file, unless it names a `dataset_file`: beside that file, else among the published ones. */
function dataOf(inputs: Json, own: Json, folder: string): Json {
  const file = inputs.dataset_file as string | undefined
  if (file === undefined) return own
  for (const place of [folder, dirname(folder), published]) {
    const path = join(place, basename(file))
    if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as Json).data
  }
  throw new Error(`no file ${file} with the data of a case`)
}

/** Every difference between what was expected and what came out, as sentences; none when they agree. */
export function differences(actual: Actual | undefined, expected: Json, tolerance: Tolerance, path: string): string[] {
  if (actual === undefined) return [`${path}: no result of this name is known`]
  if (typeof expected === 'number' || expected === 'Infinity' || expected === '-Infinity') {
    const wanted = Number(expected)
    const near =
      typeof actual === 'number' &&
      (actual === wanted || Math.abs(actual - wanted) <= tolerance.abs + tolerance.rel * Math.abs(wanted))
    return near ? [] : [`${path}: ${String(actual)} instead of ${expected}`]
  }
  if (expected === null || typeof expected === 'string') {
    return actual === expected ? [] : [`${path}: ${String(actual)} instead of ${String(expected)}`]
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: not a list`]
    const list = actual as readonly Actual[]
    if (list.length !== expected.length) return [`${path}: ${list.length} values instead of ${expected.length}`]
    return expected.flatMap((value, i) => differences(list[i], value, tolerance, `${path}[${i}]`))
  }
  return Object.entries(expected as object).flatMap(([key, value]) => {
    const found =
      typeof actual === 'function' ? (actual as Lookup)(key) : (actual as Record<string, Actual> | null)?.[key]
    return differences(found, value, tolerance, `${path}.${key}`)
  })
}
