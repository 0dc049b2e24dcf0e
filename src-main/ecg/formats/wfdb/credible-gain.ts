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
  const leads = channels.filter(({ name }) => JUDGED.test(standardLead(name)?.lead ?? ''))
  const grid = DEVICE_STEPS.find((step) => leads.every((lead) => hasFewNumbers(lead) || isOnGrid(lead, step)))
  if (grid === undefined) return
  const judged = leads.filter((lead) => !hasFewNumbers(lead))
  const [first] = judged
  if (!first || !judged.every(({ stepMv }) => grid * stepMv > COARSEST_STEP_MV)) return
  throw new AppError(
    'format/units-implausible',
    `All stored numbers of the leads are multiples of ${grid}, the step of an electrocardiograph in µV; with the gain of ` +
      `${Number((1 / first.stepMv).toPrecision(6))} steps/mV in the header a step would be ${Number((grid * first.stepMv * 1000).toPrecision(3))} µV, ` +
      'coarser than any measures. The numbers seem to be microvolts and the gain wrong: state the unit, or correct the header.',
  )
}

interface SteppedLead {
  samplesMv: Float32Array
  stepMv: number
}

/** Whether a lead stores so few different numbers that they may lie on a grid by chance. Most leads tell at once. */
function hasFewNumbers({ samplesMv, stepMv }: SteppedLead): boolean {
  const numbers = new Set<number>()
  for (const value of samplesMv) {
    if (Number.isNaN(value)) continue
    numbers.add(Math.round(value / stepMv))
    if (numbers.size >= LEAST_NUMBERS) return false
  }
  return true
}

/** Whether each stored number is a multiple of `step`, rounded to a whole number; missing samples aside. */
function isOnGrid({ samplesMv, stepMv }: SteppedLead, step: number): boolean {
  return samplesMv.every((value) => {
    const number = Math.round(value / stepMv)
    return Number.isNaN(value) || number === Math.round(Math.round(number / step) * step)
  })
}
