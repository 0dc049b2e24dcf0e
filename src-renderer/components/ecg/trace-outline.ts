/**
 * What a round pen inks: its upper and lower edge, in px below the baseline, at each px column from the segment's left
 * edge. NaN where there is nothing to draw.
 */
export interface TraceOutline {
  /** 0, 1, 2 … px; the last one is the segment's end. */
  x: Float32Array
  top: Float32Array
  bottom: Float32Array
}

export interface OutlineScale {
  /** Start of the stretch in s from the start of the recording. */
  fromS: number
  durationS: number
  /** Device pixels for one second; for outlines less than half of the samples in a second. */
  pxPerS: number
  /** Device pixels for one mV; negative for a lead that is turned over. */
  pxPerMv: number
  /** Thickness of the pen in px, at least 1. */
  penPx: number
}

/** Columns look at least this far, so that two neighbouring samples always meet in one of them. */
const LEAST_REACH_PX = 0.75

/**
 * The outline of a trace that has more than two samples in each px column. It is the same picture as the line through
 * all samples, drawn with a round pen, in a third of the time: an outline has two corners a column, a drawn line ten
 * for each sample. Every sample lies within reach of a column, so no spike is lost.
 *
 * @param samplesMv  one lead, mV; non-finite samples are gaps
 */
export function outlineTrace(samplesMv: Float32Array, rateHz: number, scale: OutlineScale): TraceOutline {
  const { fromS, durationS, pxPerS, pxPerMv, penPx } = scale
  // A small tolerance, since 2.5 s × 500 Hz need not be 1250 in floating point.
  const first = Math.max(0, Math.ceil(fromS * rateHz - 1e-6))
  // One sample past the end, so that columns of one row join.
  const end = Math.min(samplesMv.length, Math.floor((fromS + durationS) * rateHz + 1e-6) + 1)
  const widthPx = durationS * pxPerS
  const stepPx = pxPerS / rateHz
  const originPx = fromS * pxPerS
  const radius = penPx / 2
  const reach = Math.max(radius, LEAST_REACH_PX)
  const count = Math.ceil(widthPx - 1e-6) + 1
  const x = new Float32Array(count)
  const top = new Float32Array(count)
  const bottom = new Float32Array(count)
  for (let column = 0; column < count; column++) {
    const at = Math.min(column, widthPx)
    const from = Math.max(first, Math.ceil((at - reach + originPx) / stepPx))
    const to = Math.min(end - 1, Math.floor((at + reach + originPx) / stepPx))
    let highest = Infinity
    let lowest = -Infinity
    for (let index = from; index <= to; index++) {
      const y = -samplesMv[index]! * pxPerMv
      // Only NaN and the infinities differ from themselves here.
      if (y - y !== 0) continue
      const off = index * stepPx - originPx - at
      const pen = Math.sqrt(Math.max(0, radius * radius - off * off))
      if (y - pen < highest) highest = y - pen
      if (y + pen > lowest) lowest = y + pen
    }
    const inked = lowest >= highest
    x[column] = at
    top[column] = inked ? highest : NaN
    bottom[column] = inked ? lowest : NaN
  }
  return { x, top, bottom }
}
