import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { createLanes } from '../../../src-main/inference/process/encoder-lanes.ts'
import type { LaneRequest } from '../../../src-main/inference/process/lane.ts'

/** Threads that answer a run with its own first value when they are told to. */
function threads() {
  const begun: number[] = []
  const answers: (() => void)[] = []
  const spawn = (): Worker => {
    const worker = new EventEmitter() as EventEmitter & { postMessage(request: LaneRequest, list: ArrayBuffer[]): void }
    worker.postMessage = (request, list) => {
      const sent = structuredClone(request, { transfer: list })
      if (sent.kind === 'open') {
        queueMicrotask(() => worker.emit('message', { ok: true, outputs: {} }))
        return
      }
      const value = sent.inputs['ecg']!.data[0]!
      begun.push(value)
      answers.push(
        () => void worker.emit('message', { ok: true, outputs: { y: { data: Float32Array.of(value), shape: [1] } } }),
      )
    }
    return worker as unknown as Worker
  }
  return { spawn, begun, answers }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('lanes of the encoder', () => {
  it('begin runs in the order in which they were asked for, each as soon as a lane is free', async () => {
    const { spawn, begun, answers } = threads()
    const lanes = await createLanes(spawn, new Uint8Array(1), 2)
    const all = Float32Array.of(0, 1, 2, 3, 4)
    const results = Array.from(all, (_, row) =>
      lanes.run({ ecg: { data: all.subarray(row, row + 1), shape: [1] } }, ['y']),
    )
    await turn()
    expect(begun).toEqual([0, 1])
    answers[1]!()
    await turn()
    expect(begun).toEqual([0, 1, 2])
    for (const next of [0, 2, 3, 4]) {
      answers[next]!()
      await turn()
    }
    expect((await Promise.all(results)).map(({ y }) => y!.data[0])).toEqual([0, 1, 2, 3, 4])
    // What was handed over were copies.
    expect([...all]).toEqual([0, 1, 2, 3, 4])
  })
})
