// AssemblyScript, see lead.ts.

import { input, level0, sums } from './memory'

/** Moving average over one period by cumulative sum about the first sample; its ends are held. */
export function removeTrend(length: usize, period: usize): void {
  const offset = load<f64>(input)
  let sum: f64 = 0
  store<f64>(sums, 0)
  for (let i: usize = 0; i < length; i += 1) {
    sum += load<f64>(input + (i << 3)) - offset
    store<f64>(sums + (i << 3), sum, 8)
  }
  const half = (period >> 1) << 3
  const end = (length << 3) - half
  const offsets = f64x2.splat(offset)
  const share = f64x2.splat(1 / (period as f64))
  const halves = f64x2.splat(0.5)
  const isEven = (period & 1) === 0
  let first: f64 = 0
  let last: f64 = 0
  for (let at = half; at < end; at += 16) {
    let within = f64x2.sub(v128.load(sums + at + half, 8), v128.load(sums + at - half))
    if (isEven) {
      const ends = f64x2.mul(halves, f64x2.add(v128.load(input + at - half), v128.load(input + at + half)))
      within = f64x2.sub(within, f64x2.sub(ends, offsets))
    }
    const trend = f64x2.add(f64x2.mul(within, share), offsets)
    v128.store(level0 + at, f64x2.sub(v128.load(input + at), trend))
    if (at === half) first = f64x2.extract_lane(trend, 0)
    last = at + 8 < end ? f64x2.extract_lane(trend, 1) : f64x2.extract_lane(trend, 0)
  }
  for (let at: usize = 0; at < half; at += 8) store<f64>(level0 + at, load<f64>(input + at) - first)
  for (let at = end; at < length << 3; at += 8) store<f64>(level0 + at, load<f64>(input + at) - last)
}
