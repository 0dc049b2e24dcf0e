/** Points of one trace: `x` in px from the segment's left edge, `mv` as stored. NaN in `mv` lifts the pen. */
export interface Trace {
  x: Float32Array
  mv: Float32Array
}

/**
 * Every sample of a stretch as a point, for a trace with room for them.
 *
 * @param samplesMv  one lead, mV; non-finite samples are gaps
 * @param fromS      start of the stretch in s from the start of the recording
 * @param pxPerS     device pixels for one second
 */
export function makeTrace(
  samplesMv: Float32Array,
  rateHz: number,
  fromS: number,
  durationS: number,
  pxPerS: number,
): Trace {
  // A small tolerance, since 2.5 s × 500 Hz need not be 1250 in floating point.
  const first = Math.max(0, Math.ceil(fromS * rateHz - 1e-6))
  // One sample past the end, so that columns of one row join.
  const end = Math.min(samplesMv.length, Math.floor((fromS + durationS) * rateHz + 1e-6) + 1)
  const count = Math.max(0, end - first)
  const x = new Float32Array(count)
  const mv = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    const value = samplesMv[first + index]!
    x[index] = ((first + index) / rateHz - fromS) * pxPerS
    mv[index] = Number.isFinite(value) ? value : NaN
  }
  return { x, mv }
}

/**
 * Lowest and highest value of each of `columns` equal parts, for an overview of a whole recording.
 *
 * @returns [low, high] pairs in mV, NaN where a part has no finite sample
 */
export function makeEnvelope(samplesMv: Float32Array, columns: number): Float32Array {
  const envelope = new Float32Array(2 * columns).fill(NaN)
  for (let column = 0; column < columns; column++) {
    const start = Math.floor((column * samplesMv.length) / columns)
    const end = Math.floor(((column + 1) * samplesMv.length) / columns)
    let low = Infinity
    let high = -Infinity
    for (let index = start; index < end; index++) {
      const value = samplesMv[index]!
      if (value < low) low = value
      if (value > high) high = value
    }
    if (low <= high) envelope.set([low, high], 2 * column)
  }
  return envelope
}
