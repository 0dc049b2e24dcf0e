import { takeOutput } from './check-output.ts'
import { runOnLanes } from './run-on-lanes.ts'
import type { NamedTensors } from './tensor.ts'

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
  /** Distance to the training subjects, one number. */
  distance: Float32Array
}

/** Outputs of several ECGs, row-major. */
export type ScreeningBatch = ScreeningOutputs & { count: number }

/** The task encoder made ready: takes one ECG a run, and `lanes` runs at once. */
export interface TaskEncoder {
  readonly lanes: number
  run(inputs: NamedTensors, outputs: readonly string[]): Promise<NamedTensors>
}

export interface BatchHooks {
  between: () => void
  lastBegun: () => void
}

/**
 * Runs the task encoder over a batch, one ECG a run and as many runs at once as the encoder takes.
 *
 * Larger runs are no faster on a CPU (20 ms an ECG at 1, 28 ms at 8, 30 ms at 16 for profile S: one ECG's activations
 * fit into the cache), need more memory, and change the last bits: a recording would score differently alone and in a
 * folder.
 *
 * @param ecg       [count, 12, 2250], preprocessed, in [−1, 1]
 * @param amplitude [count, 12]
 * @param hooks.between    called between runs; may throw to stop
 * @param hooks.lastBegun  called when no run is left to begin: a lane that is idle from now on may take other work
 * @throws AppError `inference/output-invalid`
 */
export async function encodeBatch(
  encoder: TaskEncoder,
  ecg: Float32Array,
  amplitude: Float32Array,
  { between, lastBegun }: BatchHooks,
): Promise<ScreeningBatch> {
  const count = amplitude.length / AMPLITUDE_LENGTH
  const batch: ScreeningBatch = {
    count,
    pheno: new Float32Array(82 * count),
    dis: new Float32Array(4 * count),
    sub: new Float32Array(3 * count),
    distance: new Float32Array(count),
  }
  await runOnLanes(encoder.lanes, count, async (index) => {
    const running = encoder.run(inputsOf(ecg, amplitude, index), ['pheno', 'dis', 'sub', 'distance'])
    if (index === count - 1) lastBegun()
    const outputs = await running
    batch.pheno.set(takeOutput(outputs, 'pheno', [1, 82], { varies: true }), 82 * index)
    batch.dis.set(takeOutput(outputs, 'dis', [1, 4]), 4 * index)
    batch.sub.set(takeOutput(outputs, 'sub', [1, 3]), 3 * index)
    batch.distance.set(takeOutput(outputs, 'distance', [1], { minimum: 0 }), index)
    between()
  })
  return batch
}

function inputsOf(ecg: Float32Array, amplitude: Float32Array, index: number): NamedTensors {
  return {
    ecg: { data: ecg.subarray(index * ECG_LENGTH, (index + 1) * ECG_LENGTH), shape: [1, 12, 2250] },
    amplitude: {
      data: amplitude.subarray(index * AMPLITUDE_LENGTH, (index + 1) * AMPLITUDE_LENGTH),
      shape: [1, AMPLITUDE_LENGTH],
    },
  }
}
