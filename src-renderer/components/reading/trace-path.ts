/** The preview: five seconds at 180 px/s, with a scale that stays, so that a wrong unit is seen at once. */
export const TRACE_SIZE = { width: 940, height: 130, pixelsPerMv: 36, fromX: 32, seconds: 5 } as const

/** SVG path of a trace: for each pixel column its smallest and its largest value; nothing where samples are missing. */
export function tracePath(samplesMv: Float32Array, rateHz: number): string {
  const { width, height, pixelsPerMv, fromX, seconds } = TRACE_SIZE
  const columns = width - fromX
  const y = (value: number): string =>
    Math.max(-height, Math.min(2 * height, height / 2 - value * pixelsPerMv)).toFixed(1)
  const parts: string[] = []
  let drawing = false
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * seconds * rateHz) / columns)
    const to = Math.max(from + 1, Math.floor(((column + 1) * seconds * rateHz) / columns))
    const [least, most] = extremes(samplesMv.subarray(from, to))
    if (least === undefined) {
      drawing = false
      continue
    }
    parts.push(`${drawing ? 'L' : 'M'}${fromX + column} ${y(most!)}`)
    if (most !== least) parts.push(`V${y(least)}`)
    drawing = true
  }
  return parts.join('')
}

function extremes(samples: Float32Array): [number, number] | [undefined, undefined] {
  let [least, most] = [Infinity, -Infinity]
  for (const value of samples) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return most >= least ? [least, most] : [undefined, undefined]
}
