/**
 * Below this R² an output is weak: the ECG narrows its spread by less than a seventh (√(1 − 0.25) = 0.87), so that its
 * value is mostly the average of everybody.
 */
export const WEAK_R2 = 0.25

/** An output whose pack does not say how well it can be predicted is not called weak; that it is not said is shown. */
export function isWeak({ r2 }: { r2?: number | undefined }): boolean {
  return r2 !== undefined && r2 < WEAK_R2
}
