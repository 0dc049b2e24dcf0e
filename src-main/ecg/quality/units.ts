import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { median } from '../preprocessing/median.ts'
import { leadMoments, type LeadMoments } from './moments.ts'

/**
 * Bounds on the median over leads of max − min within the window, in mV. Hearts give 0.5–4 mV, rarely 0.15 mV (large
 * effusions) or 8 mV (paced, strong wander); volts read as millivolts give 0.002, microvolts 2000. Both bounds leave a
 * factor of three and more to the rarest heart, and a factor of a hundred to the nearest wrong unit.
 */
export const PLAUSIBLE_RANGE_MV = [0.05, 20] as const

/**
 * Refuses amplitudes that no heart makes: then the unit or the gain of the file is wrong.
 *
 * @param leadsMv  the leads of the window, finite
 * @param moments  of these leads
 * @throws AppError `quality/units-implausible`
 */
export function requirePlausibleUnits(
  leadsMv: readonly Float32Array[],
  moments: readonly LeadMoments[] = leadsMv.map(leadMoments),
): void {
  const ranges = moments.map(({ lowest, highest }) => highest - lowest)
  const typical = median(ranges)
  const [least, most] = PLAUSIBLE_RANGE_MV
  if (typical >= least && typical <= most) return
  const listed = LEAD_NAMES.map((name, k) => `${name} ${Number(ranges[k]!.toPrecision(2))}`).join(', ')
  throw new AppError(
    'quality/units-implausible',
    `The leads span ${Number(typical.toPrecision(2))} mV (median; ${listed}); a heart gives ${least} to ${most} mV. The unit or the gain in the file is wrong: export it again in mV or µV with the right scale.`,
  )
}
