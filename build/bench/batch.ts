import { Tensor } from 'onnxruntime-node'
import { batches } from '../../src-main/app/batches.ts'
import { prepareScreening, type PreparedEcg } from '../../src-main/ecg/preprocessing/prepare-screening.ts'
import type { Bench } from './open-bench.ts'
import { timed, type BenchRow } from './report.ts'

const RECORDINGS = 200
const BATCH = 8
const LIMIT = 0.9

/** Two hundred recordings from their leads to the outputs, beside the bare encoder at the same batch size. */
export async function benchBatch({ engine, prepared, waveform, rawSession }: Bench): Promise<BenchRow[]> {
  const session = await rawSession('encoder-task.onnx')
  const repeat = (values: Float32Array): Float32Array => {
    const joined = new Float32Array(values.length * BATCH)
    for (let row = 0; row < BATCH; row += 1) joined.set(values, row * values.length)
    return joined
  }
  const feeds = {
    ecg: new Tensor('float32', repeat(prepared.ecg), [BATCH, 12, 2250]),
    amplitude: new Tensor('float32', repeat(prepared.amplitude), [BATCH, 12]),
  }
  const runRaw = async (): Promise<void> => {
    for (let done = 0; done < RECORDINGS; done += BATCH) await session.run(feeds)
  }
  async function* recordings(): AsyncGenerator<PreparedEcg> {
    for (let index = 0; index < RECORDINGS; index += 1) {
      yield prepareScreening(waveform)
      // As with real files, each of which is waited for.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const runOurs = async (): Promise<void> => {
    for await (const batch of batches(recordings(), BATCH, 4 * BATCH)) await engine.screen(batch)
  }
  await session.run(feeds)
  const rawS = [await timed(runRaw)]
  const ourS = [await timed(runOurs)]
  rawS.push(await timed(runRaw))
  ourS.push(await timed(runOurs))
  const perSecond = (times: readonly number[]): number => RECORDINGS / (Math.min(...times) / 1000)
  const ratio = perSecond(ourS) / perSecond(rawS)
  return [
    {
      name: `${RECORDINGS} recordings in batches of ${BATCH}`,
      measured: `${perSecond(ourS).toFixed(1)} /s`,
      beside: `${perSecond(rawS).toFixed(1)} /s raw encoder`,
      ratio,
      limit: `≥ ${LIMIT} × raw throughput`,
      ok: ratio >= LIMIT,
    },
  ]
}
