import type { EncoderInput } from '../ecg/preprocessing/encoder-input.ts'
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
 * Runs the task encoder over a batch of preprocessed ECGs, one a run and as many runs at once as the encoder takes.
 *
 * Larger runs are no faster on a CPU (20 ms an ECG at 1, 28 ms at 8, 30 ms at 16 for profile S: one ECG's activations
 * fit into the cache), need more memory, and change the last bits: a recording would score differently alone and in a
 * folder.
 *
 * @param hooks.between    called between runs; may throw to stop
 * @param hooks.lastBegun  called when no run is left to begin: a lane that is idle from now on may take other work
 * @returns one row per ECG, in order
 * @throws AppError `inference/output-invalid`
 */
export async function encodeBatch(
  encoder: TaskEncoder,
  ecgs: readonly EncoderInput[],
  { between, lastBegun }: BatchHooks,
): Promise<ScreeningOutputs[]> {
  const rows = new Array<ScreeningOutputs>(ecgs.length)
  await runOnLanes(encoder.lanes, ecgs.length, async (index) => {
    const running = encoder.run(tensorsOf(ecgs[index]!), ['pheno', 'dis', 'sub', 'distance'])
    if (index === ecgs.length - 1) lastBegun()
    const outputs = await running
    rows[index] = {
      pheno: takeOutput(outputs, 'pheno', [1, 82], { varies: true }),
      dis: takeOutput(outputs, 'dis', [1, 4]),
      sub: takeOutput(outputs, 'sub', [1, 3]),
      distance: takeOutput(outputs, 'distance', [1], { minimum: 0 }),
    }
    between()
  })
  return rows
}

/** The inputs of one run, as the graphs name them. */
export const tensorsOf = ({ ecg, amplitude }: EncoderInput): NamedTensors => ({
  ecg: { data: ecg, shape: [1, 12, 2250] },
  amplitude: { data: amplitude, shape: [1, AMPLITUDE_LENGTH] },
})
