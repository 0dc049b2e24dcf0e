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
 * Runs the task encoder over a batch, one ECG at a time.
 *
 * Larger runs are no faster on a CPU (20 ms an ECG at 1, 28 ms at 8, 30 ms at 16 for profile S: one ECG's activations
 * fit into the cache), need more memory, and change the last bits: a recording would score differently alone and in a
 * folder.
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
  for (let index = 0; index < count; index++) {
    const outputs = await run(
      'encoder-task',
      {
        ecg: { data: ecg.subarray(index * ECG_LENGTH, (index + 1) * ECG_LENGTH), shape: [1, 12, 2250] },
        amplitude: {
          data: amplitude.subarray(index * AMPLITUDE_LENGTH, (index + 1) * AMPLITUDE_LENGTH),
          shape: [1, 12],
        },
      },
      ['pheno', 'dis', 'sub'],
    )
    batch.pheno.set(takeOutput(outputs, 'pheno', [1, 82], { varies: true }), 82 * index)
    batch.dis.set(takeOutput(outputs, 'dis', [1, 4]), 4 * index)
    batch.sub.set(takeOutput(outputs, 'sub', [1, 3]), 3 * index)
    between()
  }
  return batch
}
