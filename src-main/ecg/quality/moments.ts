/** What the finite samples of a lead say as a whole. */
export interface LeadMoments {
  /** How many they are. */
  count: number
  /** 0 … ; not a number where there are none. */
  variance: number
  lowest: number
  highest: number
}

/**
 * Whether no sample is missing. The sum tells: only NaN and the infinities make it other than finite, as no number of
 * float32 values adds up to more than a double holds.
 */
export function allFinite(samples: Float32Array): boolean {
  // Four sums, so that no addition waits for the one before.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const whole = samples.length & ~3
  for (let i = 0; i < whole; i += 4) {
    a += samples[i]!
    b += samples[i + 1]!
    c += samples[i + 2]!
    d += samples[i + 3]!
  }
  for (let i = whole; i < samples.length; i += 1) a += samples[i]!
  return Number.isFinite(a + b + c + d)
}

/** Variance and extremes of the finite samples. */
export function leadMoments(lead: Float32Array): LeadMoments {
  const moments = momentsOf(lead)
  // NaN and the infinities alone make a sum of squares other than finite.
  return Number.isFinite(moments.variance) ? moments : momentsOf(lead.filter((value) => Number.isFinite(value)))
}

function momentsOf(lead: Float32Array): LeadMoments {
  const count = lead.length
  // About the first sample, so that an electrode's offset costs no precision.
  const offset = count > 0 ? lead[0]! : NaN
  // One by one: taken out of an array they stay boxed in the loop, at twice its time.
  let sum = 0
  let squares = 0
  let lowest = Infinity
  let highest = -Infinity
  for (let i = 0; i < count; i += 1) {
    const value = lead[i]!
    const off = value - offset
    sum += off
    squares += off * off
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  const variance = squares / count - (sum / count) ** 2
  return { count, variance, lowest, highest }
}
