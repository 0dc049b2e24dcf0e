import type { DiseaseResult } from '../screening.ts'

export interface Change {
  /** Current minus previous. */
  by: number
  /** Whether it is more than two recordings of the same heart differ by; null where the pack does not say. */
  beyond: boolean | null
}

/**
 * How an output changed from one recording to another, against the pack's repeatability: what 95 % of repeated
 * recordings of one heart stay below.
 *
 * @param repeatability  in the output's unit; undefined where the pack has none or both results are not of it
 */
export function changeBetween(previous: number, current: number, repeatability: number | undefined): Change {
  const by = current - previous
  return { by, beyond: repeatability === undefined ? null : Math.abs(by) > repeatability }
}

/**
 * The same of a disease. The pack states its repeatability in logits, because a change from 0.02 to 0.04 says as much as
 * one from 0.5 to 0.67; the probabilities are compared at the pack's prevalence, so that a site that corrected its own
 * makes no change.
 */
export function changeOfDisease(
  previous: Pick<DiseaseResult, 'probability'>,
  current: Pick<DiseaseResult, 'probability'>,
  repeatability: number | undefined,
): Change {
  const { beyond } = changeBetween(logit(previous.probability), logit(current.probability), repeatability)
  return { by: current.probability - previous.probability, beyond }
}

/** Kept off 0 and 1, whose logits are not finite. */
function logit(probability: number): number {
  const bounded = Math.min(1 - 1e-12, Math.max(1e-12, probability))
  return Math.log(bounded / (1 - bounded))
}
