import { describe, expect, it } from 'vitest'
import { attribution } from '../../src-main/explanations/attribution.ts'
import { sanityCheck } from '../../src-main/explanations/sanity-check.ts'
import { shuffledPlace, shuffleLeads } from '../../src-main/explanations/shuffle-leads.ts'
import { similarityMap } from '../../src-main/explanations/similarity-map.ts'
import { philoxNormals } from '../../src-main/inference/noise/normals.ts'

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
const rows = (count: number, width: number, row: (index: number) => Float32Array): Float32Array => {
  const all = new Float32Array(count * width)
  for (let index = 0; index < count; index++) all.set(row(index), index * width)
  return all
}

describe('shuffled leads', () => {
  it('keep every signal and leave none under its own name', () => {
    const ecg = Float32Array.from({ length: 12 * 2250 }, (_, index) => Math.floor(index / 2250))
    const shuffled = shuffleLeads({ ecg, amplitude: Float32Array.from({ length: 12 }, (_, lead) => lead) })
    expect([...shuffled.amplitude].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, lead) => lead))
    for (let lead = 0; lead < 12; lead++) {
      expect(shuffled.amplitude[lead]).not.toBe(lead)
      expect(shuffled.amplitude[shuffledPlace(lead)]).toBe(lead)
      expect(shuffled.ecg[shuffledPlace(lead) * 2250 + 7]).toBe(lead)
    }
  })
})

describe('the verdict', () => {
  it.each([
    [[0.95], 'same'],
    [[-0.95], 'same'],
    [[0.5], 'partly'],
    [[0.1], 'differs'],
    [[0.1, 0.2, 0.9], 'differs'],
    [[null], 'same'],
  ] as const)('of the rank correlations %j is %s', (ranks, verdict) => {
    expect(sanityCheck('random-layer', ranks).verdict).toBe(verdict)
  })
})

describe('the similarity map', () => {
  const own = unit(philoxNormals(1, 1, 256))
  const shuffled = unit(philoxNormals(1, 2, 256))

  it('is the cosine of each place, and of the whole', () => {
    const places = rows(144, 256, (index) => (index === 30 ? own : unit(philoxNormals(2, index, 256))))
    const tokens = rows(144, 192, (index) => philoxNormals(3, index, 192))
    const map = similarityMap({ ecgs: [own, shuffled], cine: own, places, tokens })
    expect(map.cosines[30]).toBeCloseTo(1, 5)
    expect(Math.max(...map.cosines.subarray(31))).toBeLessThan(0.4)
    expect(map.whole).toBeCloseTo(1, 5)
  })

  it('differs from its controls where the projection picks out what the tokens alone do not', () => {
    const places = rows(144, 256, (index) => unit(philoxNormals(2, index, 256)))
    const tokens = rows(144, 192, (index) => philoxNormals(3, index, 192))
    const { checks } = similarityMap({ ecgs: [own, shuffled], cine: own, places, tokens })
    expect(checks.map(({ control, verdict }) => [control, verdict])).toEqual([
      ['shuffled-leads', 'differs'],
      ['random-layer', 'differs'],
    ])
  })

  it('is found out where all tokens lie along one line: any last layer shows the same', () => {
    const axis = philoxNormals(4, 0, 192)
    const other = philoxNormals(4, 1, 192)
    const along = (index: number): Float32Array => axis.map((value, at) => value + (index / 50) * other[at]!)
    const tokens = rows(144, 192, along)
    const places = rows(144, 256, (index) => {
      const vector = new Float32Array(256)
      vector.set(along(index))
      return unit(vector)
    })
    const { checks } = similarityMap({ ecgs: [own, own], cine: own, places, tokens })
    expect(checks.map(({ verdict }) => verdict)).toEqual(['same', 'same'])
    expect(checks[0]).toMatchObject({ rankCorrelation: expect.closeTo(1, 5), ssim: expect.closeTo(1, 3) })
  })
})

describe('the attribution', () => {
  const WINDOWS = 15
  const count = 1 + 12 * WINDOWS
  /** Outputs of a network that reads the feature; `feature(lead, window)` is what a stretch adds to it. */
  const outputsOf = (feature: (lead: number, window: number) => Float32Array) => {
    const cells = Array.from({ length: count - 1 }, (_, cell) => feature(Math.floor(cell / WINDOWS), cell % WINDOWS))
    const whole = new Float32Array(128)
    for (const cell of cells) for (const [at, value] of cell.entries()) whole[at]! += value
    const feat = rows(count, 128, (row) => (row === 0 ? whole : whole.map((value, at) => value - cells[row - 1]![at]!)))
    const read = (width: number) =>
      rows(count, width, (row) => feat.subarray(row * 128, row * 128 + width).map((value) => value))
    return { count, feat, pheno: read(82), dis: read(4), sub: read(3) }
  }
  const only = (at: number, value: number): Float32Array => {
    const feature = new Float32Array(128)
    feature[at] = value
    return feature
  }

  it('gives each stretch what it added, by output', () => {
    const own = outputsOf((lead, window) => only(2, lead === 7 && window === 3 ? 5 : 0))
    const { changes, windows } = attribution(own, own)
    const cells = count - 1
    expect(windows).toBe(WINDOWS)
    // Output 2 is the third disease, output 9 the third phenotype: four diseases and three subtypes come first.
    for (const output of [2, 6, 9]) {
      const map = changes.subarray(output * cells, (output + 1) * cells)
      expect([...map].flatMap((value, cell) => (value === 0 ? [] : [[cell, value]]))).toEqual([[7 * WINDOWS + 3, 5]])
    }
  })

  it('passes a network that looks at leads and at parts of the feature of its own', () => {
    const random = (seed: number) => (lead: number, window: number) => philoxNormals(seed, lead * WINDOWS + window, 128)
    const { checks } = attribution(outputsOf(random(1)), outputsOf(random(2)))
    expect(checks[0]!.map(({ verdict }) => verdict)).toEqual(['differs', 'differs'])
  })

  it('finds out a network that only sees how large the waves are', () => {
    // The same for whatever lead the signal is called, and along one direction of the feature.
    const size = (lead: number, window: number): number => 1 + lead + 0.1 * window
    const own = outputsOf((lead, window) => new Float32Array(128).fill(size(lead, window)))
    const moved = outputsOf((place, window) => {
      const lead = Array.from({ length: 12 }, (_, index) => index).find((index) => shuffledPlace(index) === place)!
      return new Float32Array(128).fill(size(lead, window))
    })
    const { checks } = attribution(own, moved)
    expect(checks[0]!.map(({ verdict }) => verdict)).toEqual(['same', 'same'])
  })
})
