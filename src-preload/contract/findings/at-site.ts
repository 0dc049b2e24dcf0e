import type { DiseaseResult } from '../screening.ts'

/** A disease's numbers at the prevalence that they are shown for. */
export interface DiseaseAtSite {
  probability: number
  /** Where the pack says how sure its calibration is. */
  interval: [lower: number, upper: number] | null
  threshold: number
  /** The site's prevalence, the pack's where the site has none; null for results made before either was recorded. */
  prevalence: number | null
  from: 'site' | 'pack'
}

/**
 * A result as it is shown: moved to the prevalence that the site had set when it was made.
 *
 * Threshold and probability move together, so whether a result is positive does not depend on the prevalence.
 */
export function atSite({ probability, interval, threshold, prevalence }: Omit<DiseaseResult, 'id'>): DiseaseAtSite {
  const to = prevalence?.site ?? null
  const move = (value: number): number =>
    prevalence && to !== null ? shiftPrevalence(value, prevalence.pack, to) : value
  return {
    probability: move(probability),
    interval: interval ? [move(interval[0]), move(interval[1])] : null,
    threshold: move(threshold),
    prevalence: to ?? prevalence?.pack ?? null,
    from: to === null ? 'pack' : 'site',
  }
}

/**
 * A probability that was calibrated where one prevalence held, for people among whom another does: prior odds are
 * exchanged, what the ECG says stays. `logit p + logit to − logit from`.
 *
 * @param probability  in [0, 1]; 0 and 1 stay what they are
 * @param from         prevalence of the calibration, in (0, 1)
 * @param to           prevalence that is wanted, in (0, 1)
 * @throws RangeError where a prevalence is not in (0, 1)
 * @see Saerens M et al., Neural Computation 2002;14:21–41 (equation 2.4)
 */
export function shiftPrevalence(probability: number, from: number, to: number): number {
  if (!(from > 0 && from < 1)) throw new RangeError(`the calibration's prevalence is ${from}, not within 0 and 1`)
  if (!(to > 0 && to < 1)) throw new RangeError(`the site's prevalence is ${to}, not within 0 and 1`)
  const ill = (probability * to) / from
  const well = ((1 - probability) * (1 - to)) / (1 - from)
  return ill / (ill + well)
}
