// AssemblyScript, see lead.ts.

import { evens, level0, odds, smoothing } from './memory'

/** Savitzky–Golay over eleven samples; the result's samples of even and of odd index, the latter held beyond the ends. */
export function smooth(length: usize): void {
  const w0 = v128.load_splat<f64>(smoothing, 40)
  const w1 = v128.load_splat<f64>(smoothing, 48)
  const w2 = v128.load_splat<f64>(smoothing, 56)
  const w3 = v128.load_splat<f64>(smoothing, 64)
  const w4 = v128.load_splat<f64>(smoothing, 72)
  const w5 = v128.load_splat<f64>(smoothing, 80)
  // From the fourth sample on, so that four at once fill both halves evenly; the ends are written below.
  for (let i: usize = 4; i < length - 5; i += 4) {
    let first = f64x2.splat(0)
    for (let half: usize = 0; half < 2; half += 1) {
      const x = level0 + ((i + (half << 1) - 5) << 3)
      let near = f64x2.mul(w0, v128.load(x, 40))
      near = f64x2.add(near, f64x2.mul(w1, f64x2.add(v128.load(x, 32), v128.load(x, 48))))
      near = f64x2.add(near, f64x2.mul(w2, f64x2.add(v128.load(x, 24), v128.load(x, 56))))
      let far = f64x2.mul(w3, f64x2.add(v128.load(x, 16), v128.load(x, 64)))
      far = f64x2.add(far, f64x2.mul(w4, f64x2.add(v128.load(x, 8), v128.load(x, 72))))
      far = f64x2.add(far, f64x2.mul(w5, f64x2.add(v128.load(x), v128.load(x, 80))))
      const smoothed = f64x2.add(near, far)
      if (half === 0) first = smoothed
      else {
        v128.store(evens + (i << 2), v128.shuffle<f64>(first, smoothed, 0, 2))
        v128.store(odds + (i << 2), v128.shuffle<f64>(first, smoothed, 1, 3))
      }
    }
  }
  for (let i: usize = 0; i < 5; i += 1) {
    put(i, dotEleven(smoothing + 88 * (i + 1), level0))
    put(length - 1 - i, dotEleven(smoothing + 88 * (11 - i), level0 + ((length - 11) << 3)))
  }
  const first = load<f64>(evens)
  const last = length & 1 ? load<f64>(evens + ((length >> 1) << 3)) : load<f64>(odds + ((length >> 1) << 3) - 8)
  const end = odds + ((length >> 1) << 3)
  for (let at: usize = 0; at < 160; at += 8) {
    store<f64>(odds - 8 - at, first)
    store<f64>(end + at, last)
  }
}

function put(i: usize, value: f64): void {
  store<f64>((i & 1 ? odds : evens) + ((i >> 1) << 3), value)
}

function dotEleven(weights: usize, x: usize): f64 {
  let sum: f64 = 0
  for (let at: usize = 0; at < 88; at += 8) sum += load<f64>(weights + at) * load<f64>(x + at)
  return sum
}
