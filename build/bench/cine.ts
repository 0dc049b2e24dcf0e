import { Tensor } from 'onnxruntime-node'
import type { Bench } from './open-bench.ts'
import { best, ms, timed, type BenchRow } from './report.ts'

const FACTOR = 1.15
const LIMIT_MS = 1000

/** A cine with ddim25, beside the same graph runs in the same order on bare sessions. */
export async function benchCine({ engine, prepared, rawSession }: Bench): Promise<BenchRow[]> {
  const { generator } = engine.manifest
  const { tokens: K, tokenDimensions: C, featureWidth: D } = generator
  const [aligned, step, denoise, decoder] = await Promise.all(
    ['encoder-aligned.onnx', 'gen-step.onnx', 'denoise-ddim25.onnx', 'vae-decoder.onnx'].map((file) =>
      rawSession(file),
    ),
  )
  const zeros = (...shape: number[]): Tensor =>
    new Tensor('float32', new Float32Array(shape.reduce((product, size) => product * size, 1)), shape)
  const ids = (count: number): Tensor =>
    new Tensor(
      'int32',
      Int32Array.from({ length: count }, (_, id) => id),
      [1, count],
    )
  const runRaw = async (): Promise<void> => {
    await aligned!.run({
      ecg: new Tensor('float32', prepared.ecg, [1, 12, 2250]),
      amplitude: new Tensor('float32', prepared.amplitude, [1, 12]),
    })
    for (const { visible, predicted } of generator.schedule) {
      const { z } = await step!.run({
        tok: zeros(1, K, C),
        ids_vis: ids(visible),
        ids_pred: ids(predicted),
        feat: zeros(1, D),
      })
      const condition = new Tensor('float32', z!.data as Float32Array, [predicted, z!.dims.at(-1)!])
      await denoise!.run({
        z: condition,
        x_T: zeros(predicted, C),
        noise: zeros(1, predicted, C),
        tau: new Tensor('float32', [1], []),
      })
    }
    await decoder!.run({ tok: zeros(1, K, C) })
  }
  const raw: number[] = []
  const ours: number[] = []
  for (let round = 0; round < 10; round += 1) {
    raw.push(await timed(runRaw))
    ours.push(
      await timed(() =>
        engine.generateCine({ ecg: prepared.ecg, amplitude: prepared.amplitude, seeds: [round], sampler: 'ddim25' }),
      ),
    )
  }
  const [rawMs, ourMs] = [best(raw.slice(2)), best(ours.slice(2))]
  return [
    {
      name: 'cine with ddim25',
      measured: ms(ourMs),
      beside: `${ms(rawMs)} sum of raw graph runs`,
      ratio: ourMs / rawMs,
      limit: `≤ ${FACTOR} × raw; ≤ ${LIMIT_MS} ms`,
      ok: ourMs <= FACTOR * rawMs && ourMs <= LIMIT_MS,
    },
  ]
}
