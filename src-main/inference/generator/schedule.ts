import { AppError } from '../../../src-preload/contract/errors.ts'

/** How many tokens a decoding step sees and how many it predicts. */
export interface DecodingStep {
  visible: number
  predicted: number
}

/**
 * The cosine schedule of masked autoregressive decoding: after step k (from 0) m_k tokens are still masked,
 * m_k = clip(⌊n·cos(π/2·(k+1)/K)⌋, 1, m_{k−1}−1); the last step takes the rest.
 *
 * @param tokens n; must be at least `steps`
 * @param steps  K
 * @see Li T et al., Autoregressive image generation without vector quantization, NeurIPS 2024
 */
export function cosineSchedule(tokens: number, steps: number): DecodingStep[] {
  if (!Number.isInteger(steps) || steps < 1 || tokens < steps) {
    throw new RangeError(`${tokens} tokens cannot be decoded in ${steps} steps of at least one token`)
  }
  const schedule: DecodingStep[] = []
  let masked = tokens
  for (let step = 0; step < steps; step++) {
    const wanted = Math.floor(tokens * Math.cos((Math.PI / 2) * ((step + 1) / steps)))
    // At least one token a step, and at least one left for the last: for n ≥ K the cosine lies above that line.
    const remaining = step === steps - 1 ? 0 : Math.min(Math.max(wanted, 1), masked - 1)
    schedule.push({ visible: tokens - masked, predicted: masked - remaining })
    masked = remaining
  }
  return schedule
}

/**
 * A pack states its schedule as a table; here it is checked to decode every token exactly once.
 *
 * @throws AppError `pack/manifest-invalid`
 */
export function checkSchedule(schedule: readonly DecodingStep[], tokens: number): void {
  let decoded = 0
  for (const [index, { visible, predicted }] of schedule.entries()) {
    if (visible !== decoded) {
      throw new AppError(
        'pack/manifest-invalid',
        `The pack's decoding schedule is inconsistent: step ${index + 1} expects ${visible} visible tokens where ${decoded} are decoded. Get a corrected pack from its maker.`,
      )
    }
    decoded += predicted
  }
  if (decoded !== tokens) {
    throw new AppError(
      'pack/manifest-invalid',
      `The pack's decoding schedule covers ${decoded} of ${tokens} tokens. Get a corrected pack from its maker.`,
    )
  }
}
