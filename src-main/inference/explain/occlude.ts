import { takeOutput } from '../check-output.ts'
import { ECG_LENGTH, tensorsOf, type TaskEncoder } from '../encoder.ts'
import { runOnLanes } from '../run-on-lanes.ts'

export interface OcclusionRequest {
  /** [12, 2250], preprocessed, in [−1, 1]. */
  ecg: Float32Array
  /** [12] */
  amplitude: Float32Array
  /** Stretches of each lead; divides 2250. */
  windows: number
}

/** What the task encoder says of the ECG itself (row 0) and of it without each stretch (row 1 + lead · windows + window). */
export interface OcclusionOutputs {
  count: number
  /** [count, D] */
  feat: Float32Array
  /** [count, 82] */
  pheno: Float32Array
  /** [count, 4] */
  dis: Float32Array
  /** [count, 3] */
  sub: Float32Array
}

export interface OcclusionHooks {
  /** After each run, from 1. */
  onStep(step: number, of: number): void
  /** Called between runs; may throw to stop. */
  between(): void
}

const LEADS = 12
const SAMPLES = ECG_LENGTH / LEADS
const WIDTHS = { pheno: 82, dis: 4, sub: 3 } as const

/**
 * Runs the task encoder once for the ECG and once for each stretch of each lead that is flattened.
 *
 * @param featureWidth D of the pack
 * @throws AppError `inference/output-invalid`
 */
export async function occlude(
  encoder: TaskEncoder,
  { ecg, amplitude, windows }: OcclusionRequest,
  featureWidth: number,
  hooks: OcclusionHooks,
): Promise<OcclusionOutputs> {
  const count = 1 + LEADS * windows
  const widths = { feat: featureWidth, ...WIDTHS }
  const outputs: OcclusionOutputs = {
    count,
    feat: new Float32Array(count * featureWidth),
    pheno: new Float32Array(count * WIDTHS.pheno),
    dis: new Float32Array(count * WIDTHS.dis),
    sub: new Float32Array(count * WIDTHS.sub),
  }
  let done = 0
  await runOnLanes(encoder.lanes, count, async (row) => {
    const data = row === 0 ? ecg : flatten(ecg, windows, row - 1)
    const found = await encoder.run(tensorsOf({ ecg: data, amplitude }), ['feat', 'pheno', 'dis', 'sub'])
    for (const name of ['feat', 'pheno', 'dis', 'sub'] as const) {
      outputs[name].set(takeOutput(found, name, [1, widths[name]]), row * widths[name])
    }
    hooks.onStep(++done, count)
    hooks.between()
  })
  return outputs
}

/**
 * A copy in which one stretch of one lead is the straight line between the samples beside it: no step is added that the
 * network could take for a wave. At an end of the lead the line is level.
 *
 * @param stretch lead · windows + window
 */
export function flatten(ecg: Float32Array, windows: number, stretch: number): Float32Array {
  const lead = Math.floor(stretch / windows)
  const length = SAMPLES / windows
  const from = lead * SAMPLES + (stretch % windows) * length
  const [first, end] = [lead * SAMPLES, (lead + 1) * SAMPLES]
  const after = ecg[from + length < end ? from + length : from - 1]!
  const before = ecg[from > first ? from - 1 : from + length]!
  const flat = ecg.slice()
  for (let index = 0; index < length; index++) {
    flat[from + index] = before + ((after - before) * (index + 1)) / (length + 1)
  }
  return flat
}
