import { takeOutput } from './check-output.ts'
import type { RunGraph } from './tensor.ts'

export const ECG_LENGTH = 12 * 2250
export const AMPLITUDE_LENGTH = 12

/** What the task encoder says about one ECG, before calibration. */
export interface ScreeningOutputs {
  /** 82 phenotypes in their units, in the manifest's order. */
  pheno: Float32Array
  /** Logits of the four diseases, in the manifest's order. */
  dis: Float32Array
  /** Logits of the three subtypes, in the manifest's order. */
  sub: Float32Array
}

/** Outputs of several ECGs, row-major. */
export type ScreeningBatch = ScreeningOutputs & { count: number }

/**
 * The largest batch of one run. On a CPU the time per ECG is the same from 1 to 32, but memory grows with the batch:
 * 168 MB resident at 8, 380 MB at 32 (profile S).
 */
const RUN_LENGTH = 8

/**
 * Runs the task encoder over a batch.
 *
 * @param ecg       [count, 12, 2250], preprocessed, in [−1, 1]
 * @param amplitude [count, 12]
 * @param between   called between runs; may throw to stop
 * @throws AppError `inference/output-invalid`
 */
export async function encodeBatch(
  run: RunGraph,
  ecg: Float32Array,
  amplitude: Float32Array,
  between: () => void,
): Promise<ScreeningBatch> {
  const count = amplitude.length / AMPLITUDE_LENGTH
  const batch: ScreeningBatch = {
    count,
    pheno: new Float32Array(82 * count),
    dis: new Float32Array(4 * count),
    sub: new Float32Array(3 * count),
  }
  for (let first = 0; first < count; first += RUN_LENGTH) {
    const size = Math.min(RUN_LENGTH, count - first)
    const outputs = await run(
      'encoder-task',
      {
        ecg: { data: ecg.subarray(first * ECG_LENGTH, (first + size) * ECG_LENGTH), shape: [size, 12, 2250] },
        amplitude: {
          data: amplitude.subarray(first * AMPLITUDE_LENGTH, (first + size) * AMPLITUDE_LENGTH),
          shape: [size, 12],
        },
      },
      ['pheno', 'dis', 'sub'],
    )
    batch.pheno.set(takeOutput(outputs, 'pheno', [size, 82], { varies: true }), 82 * first)
    batch.dis.set(takeOutput(outputs, 'dis', [size, 4]), 4 * first)
    batch.sub.set(takeOutput(outputs, 'sub', [size, 3]), 3 * first)
    between()
  }
  return batch
}
