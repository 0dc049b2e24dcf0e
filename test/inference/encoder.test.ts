import { describe, expect, it } from 'vitest'
import type { EncoderInput } from '../../src-main/ecg/preprocessing/encoder-input.ts'
import { AMPLITUDE_LENGTH, ECG_LENGTH, encodeBatch, type TaskEncoder } from '../../src-main/inference/encoder.ts'

/** Answers with the ECG's own first value, later ones first, and counts its runs and how many overlap. */
function encoder(lanes: number, fault: (value: number) => boolean = () => false) {
  const seen = { runs: 0, running: 0, most: 0 }
  const task: TaskEncoder = {
    lanes,
    async run({ ecg }) {
      seen.runs += 1
      seen.running += 1
      seen.most = Math.max(seen.most, seen.running)
      const value = ecg!.data[0]!
      for (let wait = 0; wait < 20 - value; wait += 1) await Promise.resolve()
      seen.running -= 1
      if (fault(value)) throw new Error(`no answer for ${value}`)
      const row = (width: number) => ({
        data: Float32Array.from({ length: width }, (_, k) => value + k),
        shape: [1, width],
      })
      return { pheno: row(82), dis: row(4), sub: row(3), distance: { data: Float32Array.of(value), shape: [1] } }
    },
  }
  return { task, seen }
}

const batchOf = (count: number): EncoderInput[] =>
  Array.from({ length: count }, (_, index) => ({
    ecg: new Float32Array(ECG_LENGTH).fill(index),
    amplitude: new Float32Array(AMPLITUDE_LENGTH),
  }))

const hooks = { between: () => undefined, lastBegun: () => undefined }

describe('a batch on several lanes', () => {
  it('keeps the order of its rows and as many runs under way as there are lanes', async () => {
    const { task, seen } = encoder(3)
    const rows = await encodeBatch(task, batchOf(8), hooks)
    expect(rows.map(({ dis }) => dis[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(seen).toEqual({ runs: 8, running: 0, most: 3 })
  })

  it('says when its last recording has begun, so that no lane waits for the others', async () => {
    const { task, seen } = encoder(3)
    const then: { runs: number; running: number }[] = []
    await encodeBatch(task, batchOf(8), { ...hooks, lastBegun: () => void then.push({ ...seen }) })
    expect(then).toHaveLength(1)
    expect(then[0]!.runs).toBe(8)
    expect(then[0]!.running).toBeGreaterThan(0)
  })

  it('that fails stops early, and only once every lane is idle again', async () => {
    const { task, seen } = encoder(2, (value) => value === 3)
    await expect(encodeBatch(task, batchOf(12), hooks)).rejects.toThrow('no answer for 3')
    expect(seen.running).toBe(0)
    expect(seen.runs).toBeLessThan(8)
  })
})
