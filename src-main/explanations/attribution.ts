import type { SanityCheck } from '../../src-preload/contract/explanations.ts'
import type { OcclusionOutputs } from '../inference/explain/occlude.ts'
import { RANDOM_LAYERS, randomDirection, rankCorrelation, sanityCheck } from './sanity-check.ts'
import { shuffledPlace } from './shuffle-leads.ts'

const LEADS = 12
const OUTPUTS = ['dis', 'sub', 'pheno'] as const

/**
 * What each stretch of each lead does to each output: the output of the ECG as it is less that without the stretch.
 *
 * Beside each output's map stand its controls: the map of the same signals with their leads shuffled, and maps of random
 * directions of the encoder's feature, which is what the outputs are read off. Maps are compared by the size of the
 * changes, since that is where the eye is led.
 *
 * @param own      of the ECG
 * @param shuffled of the ECG with its leads shuffled
 * @returns changes [outputs, 12, windows], outputs as diseases, subtypes, phenotypes; and the checks of each
 */
export function attribution(
  own: OcclusionOutputs,
  shuffled: OcclusionOutputs,
): { windows: number; changes: Float32Array; checks: SanityCheck[][] } {
  const cells = own.count - 1
  const windows = cells / LEADS
  const maps = OUTPUTS.flatMap((output) => changesOf(own[output], own.count))
  const shuffledMaps = OUTPUTS.flatMap((output) => changesOf(shuffled[output], own.count)).map((map) =>
    inOrderOfSignals(map, windows),
  )
  const random = randomMaps(own, cells).map(sizes)
  const changes = new Float32Array(maps.length * cells)
  const checks = maps.map((map, output) => {
    changes.set(map, output * cells)
    const size = sizes(map)
    return [
      sanityCheck('shuffled-leads', [rankCorrelation(size, sizes(shuffledMaps[output]!))]),
      sanityCheck(
        'random-layer',
        random.map((other) => rankCorrelation(size, other)),
      ),
    ]
  })
  return { windows, changes, checks }
}

/** One map [cells] per column of the rows: row 0 less each other row. */
function changesOf(rows: Float32Array, count: number): Float32Array[] {
  const width = rows.length / count
  return Array.from({ length: width }, (_, column) =>
    Float32Array.from({ length: count - 1 }, (_unused, cell) => rows[column]! - rows[(cell + 1) * width + column]!),
  )
}

function randomMaps({ feat, count }: OcclusionOutputs, cells: number): Float32Array[] {
  const width = feat.length / count
  return Array.from({ length: RANDOM_LAYERS }, (_, index) => {
    const direction = randomDirection(index, width)
    const along = (row: number): number => {
      let sum = 0
      for (let at = 0; at < width; at++) sum += direction[at]! * feat[row * width + at]!
      return sum
    }
    const base = along(0)
    return Float32Array.from({ length: cells }, (_unused, cell) => base - along(cell + 1))
  })
}

/** The map of a shuffled ECG with each signal back in the row of the lead that it was recorded as. */
function inOrderOfSignals(map: Float32Array, windows: number): Float32Array {
  const ordered = new Float32Array(map.length)
  for (let lead = 0; lead < LEADS; lead++) {
    const place = shuffledPlace(lead)
    ordered.set(map.subarray(place * windows, (place + 1) * windows), lead * windows)
  }
  return ordered
}

const sizes = (map: Float32Array): Float32Array => map.map(Math.abs)
