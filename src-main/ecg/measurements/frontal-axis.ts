/** A net vector shorter than this share of the wave's mean size has no direction. */
const LEAST_NET = 0.08

/**
 * Direction in the frontal plane of a wave's net area: 0° to the left arm, 90° to the feet, in (−180, 180].
 *
 * I points along x; II stands at 60°: y = (2 · II − I) / √3.
 *
 * @param I   mV, zero at the baseline
 * @param II  as I
 * @returns   degrees; null where the areas cancel (an indeterminate axis) or the wave is below `smallestMv`
 */
export function frontalAxisDegrees(
  I: Float64Array,
  II: Float64Array,
  span: { from: number; to: number },
  smallestMv: number,
): number | null {
  let [x, y, size, top] = [0, 0, 0, 0]
  for (let i = Math.ceil(span.from); i <= Math.min(span.to, I.length - 1); i += 1) {
    const down = (2 * II[i]! - I[i]!) / Math.sqrt(3)
    const length = Math.hypot(I[i]!, down)
    x += I[i]!
    y += down
    size += length
    top = Math.max(top, length)
  }
  if (top < smallestMv || Math.hypot(x, y) < LEAST_NET * size) return null
  return (Math.atan2(y, x) * 180) / Math.PI
}
