// AssemblyScript, see lead.ts.

import { ENCODER_SAMPLES } from './halve'
import { halved, scaled } from './memory'

/** To −1 … 1 by the smallest and the largest sample. */
export function scale(): f64 {
  let lows = v128.load(halved)
  let highs = lows
  for (let at: usize = 16; at < ENCODER_SAMPLES << 3; at += 16) {
    const values = v128.load(halved + at)
    lows = f64x2.pmin(lows, values)
    highs = f64x2.pmax(highs, values)
  }
  const lowest = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
  const range = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1)) - lowest
  const two = f64x2.splat(2)
  const one = f64x2.splat(1)
  const least = f64x2.splat(lowest)
  const ranges = f64x2.splat(range)
  for (let at: usize = 0; at < ENCODER_SAMPLES << 3; at += 16) {
    const values = f64x2.mul(two, f64x2.sub(v128.load(halved + at), least))
    const narrow = f32x4.demote_f64x2_zero(f64x2.sub(f64x2.div(values, ranges), one))
    v128.store_lane<u64>(scaled + (at >> 1), narrow, 0)
  }
  return range
}
