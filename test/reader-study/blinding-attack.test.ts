import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src-main/reader-study/allocation/random-stream.ts'
import {
  CINE_FRAMES,
  CINE_HEIGHT,
  CINE_IMAGE_ROWS,
  CINE_WIDTH,
  itemOf,
  neutralCine,
  neutralEcg,
} from '../../src-main/reader-study/cases/prepare-item.ts'
import { Philox } from '../../src-main/statistics/random.ts'
import { delongAuc } from '../../src-main/statistics/roc/delong.ts'
import { SEED } from './example.ts'
import { LONG } from './long.ts'

const COUNT = LONG ? 1000 : 60
const IMAGE = CINE_WIDTH * CINE_IMAGE_ROWS
const banner = new Uint8Array(CINE_WIDTH * (CINE_HEIGHT - CINE_IMAGE_ROWS)).fill(16)
const ecg = neutralEcg(Array.from({ length: 12 }, () => new Float32Array(5000)))

/** Two sources as unlike as they come: other units, other range, other sharpness. */
function cineOf(kind: 'real' | 'generated', random: Philox): Float32Array {
  const scale = kind === 'real' ? 1800 : 1
  const frame = Float32Array.from(
    { length: IMAGE },
    () => scale * (kind === 'real' ? random.uniform() ** 3 : random.uniform()),
  )
  const cine = new Float32Array(CINE_FRAMES * IMAGE)
  for (let index = 0; index < CINE_FRAMES; index++) cine.set(frame, index * IMAGE)
  return cine
}

/** Everything that comes with a picture but the picture: length, name, cycle, place in the store, banner, blank bytes. */
function featuresOf(item: Uint8Array, name: string, place: number): number[] {
  const lastFrame = item.subarray(item.length - CINE_WIDTH * CINE_HEIGHT)
  const strip = lastFrame.subarray(IMAGE)
  return [
    item.length,
    place,
    ...Array.from({ length: 8 }, (_, index) => parseInt(name.slice(4 * index, 4 * index + 4), 16)),
    strip.reduce((sum, byte) => sum + byte, 0),
    gzipSync(strip).length,
    item.subarray(0, ecg.byteLength).reduce((sum, byte) => sum + byte, 0),
  ]
}

/** A few pictures of each kind: what is in them plays no part here. */
const random = new Philox(11)
const some = (kind: 'real' | 'generated'): Uint8Array[] =>
  Array.from({ length: 4 }, () => neutralCine(cineOf(kind, random), banner))
const pictures = { real: some('real'), generated: some('generated') }

function itemsAndTruth(leak: boolean): { rows: number[][]; truth: number[] } {
  const names = new RandomStream(SEED, leak ? 'leak' : 'names')
  const kinds = names.shuffled(
    Array.from({ length: 2 * COUNT }, (_, index) => (index < COUNT ? ('real' as const) : ('generated' as const))),
  )
  const rows = kinds.map((kind, place) => {
    const cine = pictures[kind][place % 4]!
    const item = itemOf(1, `ecg-${kind}`, { ecg, real: cine, generated: cine })
    // The planted leak: one byte more with every generated cine.
    const served = leak && kind === 'generated' ? Buffer.concat([item, Buffer.alloc(1)]) : item
    return featuresOf(served, names.name(), place)
  })
  return { rows, truth: kinds.map((kind) => (kind === 'generated' ? 1 : 0)) }
}

/** Logistic regression on standardised features, each fold predicted by the other four. */
function crossValidated(rows: number[][], truth: number[]): number[] {
  const width = rows[0]!.length
  const means = Array.from({ length: width }, (_, f) => rows.reduce((sum, row) => sum + row[f]!, 0) / rows.length)
  const spreads = means.map(
    (mean, f) => Math.sqrt(rows.reduce((sum, row) => sum + (row[f]! - mean) ** 2, 0) / rows.length) || 1,
  )
  const scaled = rows.map((row) => row.map((value, f) => (value - means[f]!) / spreads[f]!))
  const predictions = new Array<number>(rows.length).fill(0)
  for (let fold = 0; fold < 5; fold++) {
    const weights = new Array<number>(width + 1).fill(0)
    const training = scaled.flatMap((_, i) => (i % 5 === fold ? [] : [i]))
    for (let round = 0; round < 200; round++) {
      const slope = new Array<number>(width + 1).fill(0)
      for (const i of training) {
        const score = weights[width]! + scaled[i]!.reduce((sum, value, f) => sum + value * weights[f]!, 0)
        const error = truth[i]! - 1 / (1 + Math.exp(-score))
        for (let f = 0; f < width; f++) slope[f]! += error * scaled[i]![f]!
        slope[width]! += error
      }
      for (let f = 0; f <= width; f++) weights[f]! += (0.5 * slope[f]!) / training.length - 0.001 * weights[f]!
    }
    for (const [i, row] of scaled.entries()) {
      if (i % 5 === fold) predictions[i] = row.reduce((sum, value, f) => sum + value * weights[f]!, 0)
    }
  }
  return predictions
}

describe(`an attacker with everything but the pictures of ${COUNT} real and ${COUNT} generated cines`, () => {
  it('guesses like a coin', () => {
    const { rows, truth } = itemsAndTruth(false)
    expect(new Set(rows.map((row) => row[0])).size).toBe(1)
    const { interval } = delongAuc(truth, crossValidated(rows, truth), { level: 0.99 })
    expect(interval![0]).toBeLessThan(0.5)
    expect(interval![1]).toBeGreaterThan(0.5)
  })
  it('finds one byte that were too many', () => {
    const { rows, truth } = itemsAndTruth(true)
    expect(delongAuc(truth, crossValidated(rows, truth)).auc).toBeGreaterThan(0.95)
  })
})
