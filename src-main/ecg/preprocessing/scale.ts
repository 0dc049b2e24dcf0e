/** A lead whose range is at most this, in mV, holds nothing but rounding: it counts as constant. */
export const CONSTANT_RANGE_MV = 1e-6
/** Smallest range that the amplitude token tells apart, in mV. */
export const SMALLEST_AMPLITUDE_MV = 0.001

/**
 * Scales one lead to [−1, 1] by its own minimum and maximum: 2(x − min)/(max − min) − 1. A constant lead becomes 0.
 *
 * @param x       samples in mV
 * @param scaled  receives the result, as float32
 * @returns       log10(max − min) of the lead in mV, at least log10(0.001) = −3
 */
export function scaleLead(x: Float64Array, scaled: Float32Array): number {
  let lowest = Infinity
  let highest = -Infinity
  for (let i = 0; i < x.length; i += 1) {
    const value = x[i]!
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  const range = highest - lowest
  if (!(range > CONSTANT_RANGE_MV)) {
    scaled.fill(0)
  } else {
    for (let i = 0; i < x.length; i += 1) scaled[i] = (2 * (x[i]! - lowest)) / range - 1
  }
  return amplitudeOf(range)
}

/** The amplitude token of a lead with this range in mV. */
export const amplitudeOf = (rangeMv: number): number => Math.log10(Math.max(rangeMv, SMALLEST_AMPLITUDE_MV))
