import { Tensor } from 'onnxruntime-node'
import { prepareScreening } from '../../src-main/ecg/preprocessing/prepare-screening.ts'
import type { Bench } from './open-bench.ts'
import { best, ms, timed, type BenchRow } from './report.ts'

const FACTOR = 1.25
const EXTRA_MS = 15

/** One recording from its twelve leads to the outputs, beside the bare encoder. */
export async function benchScreening({ engine, prepared, waveform, rawSession }: Bench): Promise<BenchRow[]> {
  const session = await rawSession('encoder-task.onnx')
  const feeds = {
    ecg: new Tensor('float32', prepared.ecg, [1, 12, 2250]),
    amplitude: new Tensor('float32', prepared.amplitude, [1, 12]),
  }
  const raw: number[] = []
  const ours: number[] = []
  for (let round = 0; round < 40; round += 1) {
    raw.push(await timed(() => session.run(feeds)))
    ours.push(await timed(async () => engine.screen([prepareScreening(waveform)])))
  }
  const [rawMs, ourMs] = [best(raw.slice(5)), best(ours.slice(5))]
  return [
    {
      name: 'screening one recording, no cine',
      measured: ms(ourMs),
      beside: `${ms(rawMs)} raw encoder`,
      ratio: ourMs / rawMs,
      limit: `≤ ${FACTOR} × raw + ${EXTRA_MS} ms = ${ms(FACTOR * rawMs + EXTRA_MS)}`,
      ok: ourMs <= FACTOR * rawMs + EXTRA_MS,
    },
  ]
}
