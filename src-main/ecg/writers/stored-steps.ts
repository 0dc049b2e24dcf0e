import { AppError } from '../../../src-preload/contract/errors.ts'
import { printable } from '../formats/text.ts'
import type { EcgChannel } from '../recording.ts'

/** 16-bit steps of a channel; `MISSING` where there is no sample. */
export interface StoredSteps {
  stepMv: number
  steps: Int16Array
  hasMissing: boolean
}

/** The lowest 16-bit number stands for no sample, as in WFDB's format 16. */
export const MISSING = -32768
const LARGEST = 32767

/** Steps to fall back on, in mV: the finest that the largest sample fits into. */
const FALLBACKS_MV = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 10, 100]

/**
 * A channel as 16-bit steps: those of its own file where all its samples are whole steps, so that nothing is lost, else
 * the finest of a list that the samples fit into.
 *
 * @throws AppError `convert/out-of-range`
 */
export function storedSteps({ name, samplesMv, stepMv }: EcgChannel): StoredSteps {
  let largest = 0
  let hasMissing = false
  for (const value of samplesMv) {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
    else hasMissing = true
  }
  const own = stepMv === undefined ? undefined : Math.abs(stepMv)
  const chosen =
    own && largest / own <= LARGEST && areWhole(samplesMv, own)
      ? own
      : FALLBACKS_MV.find((step) => largest / step <= LARGEST)
  if (chosen === undefined) {
    throw new AppError(
      'convert/out-of-range',
      `${printable(name)} reaches ${largest.toPrecision(3)} mV, which no ECG does. State its unit and read it again.`,
    )
  }
  const steps = Int16Array.from(samplesMv, (value) => (Number.isFinite(value) ? Math.round(value / chosen) : MISSING))
  return { stepMv: chosen, steps, hasMissing }
}

/** Samples are 32-bit floats: a whole step of them strays by some parts in ten million. */
function areWhole(samplesMv: Float32Array, stepMv: number): boolean {
  return samplesMv.every((value) => {
    const steps = value / stepMv
    return !Number.isFinite(value) || Math.abs(steps - Math.round(steps)) <= 1e-3 + 2e-7 * Math.abs(steps)
  })
}
