import { describe, expect, it } from 'vitest'
import { flatten, occlude } from '../../../src-main/inference/explain/occlude.ts'
import { philoxNormals } from '../../../src-main/inference/noise/normals.ts'
import type { NamedTensors } from '../../../src-main/inference/tensor.ts'

const ecg = philoxNormals(3, 1, 12 * 2250)
const amplitude = new Float32Array(12)

describe('a flattened stretch', () => {
  it('is a straight line between its neighbours, and nothing else changes', () => {
    const flat = flatten(ecg, 15, 4 * 15 + 7)
    const [from, to] = [4 * 2250 + 7 * 150, 4 * 2250 + 8 * 150]
    const step = flat[from]! - ecg[from - 1]!
    for (let index = from; index < to; index++) expect(flat[index]! - flat[index - 1]!).toBeCloseTo(step, 5)
    expect(ecg[to]! - flat[to - 1]!).toBeCloseTo(step, 5)
    expect([...flat.subarray(0, from), ...flat.subarray(to)]).toEqual([...ecg.subarray(0, from), ...ecg.subarray(to)])
  })

  it('is level at both ends of a lead and takes nothing from the lead beside it', () => {
    const first = flatten(ecg, 15, 6 * 15)
    expect(new Set(first.subarray(6 * 2250, 6 * 2250 + 150))).toEqual(new Set([ecg[6 * 2250 + 150]!]))
    const last = flatten(ecg, 15, 6 * 15 + 14)
    expect(new Set(last.subarray(7 * 2250 - 150, 7 * 2250))).toEqual(new Set([ecg[7 * 2250 - 151]!]))
  })
})

describe('occlusion', () => {
  /** A network whose first logit is the sum of V1's samples, on several lanes that answer in any order. */
  const encoder = (lanes: number) => ({
    lanes,
    async run(inputs: NamedTensors) {
      const data = inputs['ecg']!.data as Float32Array
      await new Promise((resolve) => setTimeout(resolve, Math.abs(data[0]! * 1000) % 3))
      const sum = data.subarray(6 * 2250, 7 * 2250).reduce((total, value) => total + value, 0)
      const tensor = (width: number, first: number) => ({
        data: Float32Array.from({ length: width }, (_, index) => (index === 0 ? first : 0)),
        shape: [1, width],
      })
      return { feat: tensor(128, sum), pheno: tensor(82, -sum), dis: tensor(4, sum), sub: tensor(3, 0) }
    },
  })

  it('changes the output of a network by what the stretch held, in the row of that stretch', async () => {
    const steps: number[] = []
    const outputs = await occlude(encoder(3), { ecg, amplitude, windows: 15 }, 128, {
      onStep: (step, of) => expect([steps.push(step), of]).toEqual([step, 181]),
      between: () => undefined,
    })
    const base = outputs.dis[0]!
    for (const [lead, window] of [
      [6, 0],
      [6, 9],
      [5, 9],
      [7, 0],
    ] as const) {
      const flat = flatten(ecg, 15, lead * 15 + window)
      const expected = flat.subarray(6 * 2250, 7 * 2250).reduce((total, value) => total + value, 0)
      const row = 1 + lead * 15 + window
      expect(outputs.dis[row * 4]).toBeCloseTo(expected, 3)
      expect(outputs.pheno[row * 82]).toBeCloseTo(-expected, 3)
      if (lead !== 6) expect(outputs.dis[row * 4]).toBe(base)
    }
    expect(steps).toHaveLength(181)
  })

  it('stops where it is told to', async () => {
    let runs = 0
    const stop = new Error('stop')
    const hooks = {
      onStep: () => undefined,
      between: () => {
        if (++runs === 5) throw stop
      },
    }
    await expect(occlude(encoder(2), { ecg, amplitude, windows: 15 }, 128, hooks)).rejects.toBe(stop)
    expect(runs).toBeLessThan(10)
  })
})
