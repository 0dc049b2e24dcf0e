import { AppError } from '../../../../src-preload/contract/errors.ts'
import { standardLead } from '../../lead-names.ts'
import type { EcgChannel } from '../../recording.ts'

/** Steps of electrocardiographs in µV: GE writes 4.88, most others 5. */
const DEVICE_STEPS = [4.88, 5]
/** No electrocardiograph resolves less than 5 µV (IEC 60601-2-25); a coarser step by this much is a wrong gain. */
const COARSEST_STEP_MV = 0.02
/** So many different numbers on a grid of five are no chance: each has one in five. */
const LEAST_NUMBERS = 30
const JUDGED = /^(?:I|II|V[1-6])$/

/**
 * Refuses a gain that contradicts the stored numbers. Exports from GE MUSE to WFDB hold microvolts, all of them whole
 * multiples of the cart's 4.88 µV, while the header claims 200 steps a millivolt: five times too large, and still in
 * the shape of a heart.
 *
 * @throws AppError `format/units-implausible`
 */
export function requireCredibleGain(channels: readonly (EcgChannel & { stepMv: number })[]): void {
  const judged = channels
    .filter(({ name }) => JUDGED.test(standardLead(name)?.lead ?? ''))
    .map(({ samplesMv, stepMv }) => ({ stepMv, numbers: numbersOf(samplesMv, stepMv) }))
    .filter(({ numbers }) => numbers.length >= LEAST_NUMBERS)
  const grid = DEVICE_STEPS.find((step) => judged.every(({ numbers }) => areMultiples(numbers, step)))
  const [first] = judged
  if (!first || !grid || !judged.every(({ stepMv }) => grid * stepMv > COARSEST_STEP_MV)) return
  throw new AppError(
    'format/units-implausible',
    `All stored numbers of the leads are multiples of ${grid}, the step of an electrocardiograph in µV; with the gain of ` +
      `${Number((1 / first.stepMv).toPrecision(6))} steps/mV in the header a step would be ${Number((grid * first.stepMv * 1000).toPrecision(3))} µV, ` +
      'coarser than any measures. The numbers seem to be microvolts and the gain wrong: state the unit, or correct the header.',
  )
}

/** The different numbers that a signal stores, without its missing samples. */
function numbersOf(samplesMv: Float32Array, stepMv: number): number[] {
  const numbers = new Set<number>()
  for (const value of samplesMv) if (!Number.isNaN(value)) numbers.add(Math.round(value / stepMv))
  return [...numbers]
}

/** Whether each number is a multiple of `step`, rounded to a whole number. */
const areMultiples = (numbers: readonly number[], step: number): boolean =>
  numbers.every((number) => number === Math.round(Math.round(number / step) * step))
