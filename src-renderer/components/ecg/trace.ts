/** Points of one trace: `x` in px from the segment's left edge, `mv` as stored. NaN in `mv` lifts the pen. */
export interface Trace {
  x: Float32Array
  mv: Float32Array
}

/**
 * Reduces a stretch of samples to what the pixels can show. With more than two samples a pixel column, each column
 * keeps its lowest and highest value in the order in which they came, so that no spike is lost; with fewer, every
 * sample stays.
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
  const xOf = (index: number): number => (index / rateHz - fromS) * pxPerS
  if (rateHz <= 2 * pxPerS) {
    return {
      x: Float32Array.from({ length: count }, (_, index) => xOf(first + index)),
      mv: Float32Array.from(samplesMv.subarray(first, end), (value) => (Number.isFinite(value) ? value : NaN)),
    }
  }
  return reduceToColumns(samplesMv, first, end, xOf)
}

function reduceToColumns(samplesMv: Float32Array, first: number, end: number, xOf: (index: number) => number): Trace {
  const x: number[] = []
  const mv: number[] = []
  for (let index = first; index < end;) {
    const column = Math.floor(xOf(index))
    let low = index
    let high = index
    let gap = false
    for (; index < end && Math.floor(xOf(index)) === column; index++) {
      const value = samplesMv[index]!
      if (!Number.isFinite(value)) gap = true
      else {
        if (!(value >= samplesMv[low]!)) low = index
        if (!(value <= samplesMv[high]!)) high = index
      }
    }
    if (Number.isFinite(samplesMv[low])) {
      for (const kept of low < high ? [low, high] : low > high ? [high, low] : [low]) {
        x.push(column + 0.5)
        mv.push(samplesMv[kept]!)
      }
    }
    if (gap) {
      x.push(column + 0.5)
      mv.push(NaN)
    }
  }
  return { x: Float32Array.from(x), mv: Float32Array.from(mv) }
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
