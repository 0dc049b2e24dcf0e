/**
 * Spatial velocity: how fast the leads together change, √Σ(dV/dt)², by the Haar wavelet: the mean of a stretch less the
 * mean of the one before it.
 *
 * @param leads     of one length, mV
 * @param stretchS  of one stretch: what is quicker is averaged out
 * @returns         one value per sample, in mV/s; 0 where the stretches leave the leads
 */
export function spatialVelocity(leads: readonly Float64Array[], rateHz: number, stretchS: number): Float64Array {
  const width = Math.max(1, Math.round(stretchS * rateHz))
  const length = leads[0]?.length ?? 0
  const velocity = new Float64Array(length)
  for (const lead of leads) {
    let [before, behind] = [0, 0]
    for (let i = 0; i < width; i += 1) {
      before += lead[i]!
      behind += lead[i + width + 1]!
    }
    // The sample itself belongs to neither stretch, so that the wavelet has a middle.
    for (let i = width; i < length - width; i += 1) {
      velocity[i]! += (behind - before) ** 2
      before += lead[i]! - lead[i - width]!
      behind += (lead[i + width + 1] ?? 0) - lead[i + 1]!
    }
  }
  return velocity.map((power) => (Math.sqrt(power) * rateHz) / (width * (width + 1)))
}

/**
 * The one combination of leads that shows a wave best: the first principal component of the samples `from … to`, with
 * unit weights, applied to the whole length; positive at its largest deflection within the wave.
 *
 * @param leads  their baseline at zero
 * @returns      the component and the weight of each lead in it
 */
export function firstComponent(
  leads: readonly Float64Array[],
  from: number,
  to: number,
): { wave: Float64Array; weights: number[] } {
  const count = leads.length
  const covariance = leads.map((a) => leads.map((b) => dot(a, b, from, to)))
  let weights = covariance.map((row, k) => row[k]!)
  for (let step = 0; step < 30; step += 1) {
    const next = covariance.map((row) => row.reduce((sum, value, k) => sum + value * weights[k]!, 0))
    const size = Math.hypot(...next)
    if (!(size > 0)) break
    weights = next.map((value) => value / size)
  }
  const length = leads[0]?.length ?? 0
  const component = new Float64Array(length)
  for (let k = 0; k < count; k += 1) {
    for (let i = 0; i < length; i += 1) component[i]! += weights[k]! * leads[k]![i]!
  }
  let top = from
  for (let i = from; i < to; i += 1) if (Math.abs(component[i]!) > Math.abs(component[top]!)) top = i
  const sign = component[top]! < 0 ? -1 : 1
  return { wave: component.map((value) => sign * value), weights: weights.map((weight) => sign * weight) }
}

function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += a[i]! * b[i]!
  return sum
}
