/** Where a wave of one sign begins or ends: the tangent at its steepest slope meets the baseline. */
export interface WaveEnd {
  /** Sample, between samples too. */
  at: number
  /** Sample of the steepest slope. */
  steepest: number
}

/**
 * The end of a wave on one side by the tangent method: the line through the steepest slope between the peak and the
 * limit, extended to the baseline.
 *
 * @param wave    signed so that the peak is positive
 * @param peak    sample of the top
 * @param limit   sample that the end does not pass: left of the peak for the onset, right for the offset
 * @param level   baseline on that side, mV
 * @param reachS  the slope is taken over this time on both sides of a sample
 * @returns       null where the wave does not fall towards the limit
 * @see           Lepeschkin E, Surawicz B, Circulation 1952;6:378–388 (tangent)
 */
export function waveEnd(
  wave: Float64Array,
  peak: number,
  limit: number,
  level: number,
  rateHz: number,
  reachS = 0.01,
): WaveEnd | null {
  const step = limit < peak ? -1 : 1
  const reach = Math.max(1, Math.round(reachS * rateHz))
  const height = wave[peak]! - level
  let [steepest, slope, lowest] = [-1, 0, wave[peak]!]
  for (let i = peak + step; step * (limit - i) >= 0; i += step) {
    if (i - reach < 0 || i + reach >= wave.length) break
    // Falls away from the peak count as positive on both sides.
    const fall = (step * (wave[i - reach]! - wave[i + reach]!)) / (2 * reach)
    if (fall > slope) [steepest, slope] = [i, fall]
    // What rises again is another wave: P or U behind a T wave.
    lowest = Math.min(lowest, wave[i]!)
    if (wave[i]! - level < 0.1 * height || wave[i]! > lowest + 0.12 * height) break
  }
  if (steepest < 0) return null
  const at = steepest + (step * (wave[steepest]! - level)) / slope
  return { at: step < 0 ? Math.max(limit, at) : Math.min(limit, at), steepest }
}
