// AssemblyScript, see lead.ts.

import { evens, odds, wavelet } from './memory'

/** A filter of twelve taps reaches so many samples beyond the ends. */
const MARGIN: usize = 11

/** How many coefficients a level of the transform makes of so many samples. */
export function halvedWith(length: usize): usize {
  return (length + MARGIN) >> 1
}

/** One level of the transform, the signal mirrored at its ends. */
export function split(x: usize, length: usize, low: usize, high: usize): usize {
  const end = x + (length << 3)
  for (let at: usize = 8; at <= MARGIN << 3; at += 8) {
    store<f64>(x - at, load<f64>(x + at - 8))
    store<f64>(end + at - 8, load<f64>(end - at))
  }
  const count = halvedWith(length)
  separate(x - (MARGIN << 3), evens, odds, count + 8)
  const h0 = v128.load_splat<f64>(wavelet)
  const h1 = v128.load_splat<f64>(wavelet, 8)
  const h2 = v128.load_splat<f64>(wavelet, 16)
  const h3 = v128.load_splat<f64>(wavelet, 24)
  const h4 = v128.load_splat<f64>(wavelet, 32)
  const h5 = v128.load_splat<f64>(wavelet, 40)
  const h6 = v128.load_splat<f64>(wavelet, 48)
  const h7 = v128.load_splat<f64>(wavelet, 56)
  const h8 = v128.load_splat<f64>(wavelet, 64)
  const h9 = v128.load_splat<f64>(wavelet, 72)
  const h10 = v128.load_splat<f64>(wavelet, 80)
  const h11 = v128.load_splat<f64>(wavelet, 88)
  for (let at: usize = 0; at < count << 3; at += 16) {
    const e0 = v128.load(evens + at, 48)
    const e1 = v128.load(odds + at, 40)
    const e2 = v128.load(evens + at, 40)
    const e3 = v128.load(odds + at, 32)
    const e4 = v128.load(evens + at, 32)
    const e5 = v128.load(odds + at, 24)
    const e6 = v128.load(evens + at, 24)
    const e7 = v128.load(odds + at, 16)
    const e8 = v128.load(evens + at, 16)
    const e9 = v128.load(odds + at, 8)
    const e10 = v128.load(evens + at, 8)
    const e11 = v128.load(odds + at)
    let near = f64x2.mul(h11, e0)
    near = f64x2.add(near, f64x2.mul(h10, e1))
    near = f64x2.add(near, f64x2.mul(h9, e2))
    near = f64x2.add(near, f64x2.mul(h8, e3))
    near = f64x2.add(near, f64x2.mul(h7, e4))
    near = f64x2.add(near, f64x2.mul(h6, e5))
    let far = f64x2.mul(h5, e6)
    far = f64x2.add(far, f64x2.mul(h4, e7))
    far = f64x2.add(far, f64x2.mul(h3, e8))
    far = f64x2.add(far, f64x2.mul(h2, e9))
    far = f64x2.add(far, f64x2.mul(h1, e10))
    far = f64x2.add(far, f64x2.mul(h0, e11))
    v128.store(low + at, f64x2.add(near, far))
    near = f64x2.sub(f64x2.mul(h1, e1), f64x2.mul(h0, e0))
    near = f64x2.sub(near, f64x2.mul(h2, e2))
    near = f64x2.add(near, f64x2.mul(h3, e3))
    near = f64x2.sub(near, f64x2.mul(h4, e4))
    near = f64x2.add(near, f64x2.mul(h5, e5))
    far = f64x2.sub(f64x2.mul(h7, e7), f64x2.mul(h6, e6))
    far = f64x2.sub(far, f64x2.mul(h8, e8))
    far = f64x2.add(far, f64x2.mul(h9, e9))
    far = f64x2.sub(far, f64x2.mul(h10, e10))
    far = f64x2.add(far, f64x2.mul(h11, e11))
    v128.store(high + at, f64x2.add(near, far))
  }
  return count
}

/** One level of the inverse, after the details were moved towards 0 by the threshold. */
export function join(low: usize, high: usize, count: usize, threshold: f64, x: usize): void {
  const sign = i64x2.splat(i64.MIN_VALUE)
  const zero = f64x2.splat(0)
  const least = f64x2.splat(threshold)
  for (let at: usize = 0; at < count << 3; at += 16) {
    const value = v128.load(high + at)
    const rest = f64x2.sub(f64x2.abs(value), least)
    const shrunk = v128.or(rest, v128.and(value, sign))
    v128.store(high + at, v128.and(shrunk, f64x2.gt(rest, zero)))
  }
  const h0 = v128.load_splat<f64>(wavelet)
  const h1 = v128.load_splat<f64>(wavelet, 8)
  const h2 = v128.load_splat<f64>(wavelet, 16)
  const h3 = v128.load_splat<f64>(wavelet, 24)
  const h4 = v128.load_splat<f64>(wavelet, 32)
  const h5 = v128.load_splat<f64>(wavelet, 40)
  const h6 = v128.load_splat<f64>(wavelet, 48)
  const h7 = v128.load_splat<f64>(wavelet, 56)
  const h8 = v128.load_splat<f64>(wavelet, 64)
  const h9 = v128.load_splat<f64>(wavelet, 72)
  const h10 = v128.load_splat<f64>(wavelet, 80)
  const h11 = v128.load_splat<f64>(wavelet, 88)
  const pairs = (count - 5) << 3
  for (let at: usize = 0; at < pairs; at += 16) {
    const a0 = v128.load(low + at, 40)
    const a1 = v128.load(low + at, 32)
    const a2 = v128.load(low + at, 24)
    const a3 = v128.load(low + at, 16)
    const a4 = v128.load(low + at, 8)
    const a5 = v128.load(low + at)
    const d0 = v128.load(high + at, 40)
    const d1 = v128.load(high + at, 32)
    const d2 = v128.load(high + at, 24)
    const d3 = v128.load(high + at, 16)
    const d4 = v128.load(high + at, 8)
    const d5 = v128.load(high + at)
    let even = f64x2.mul(h0, a0)
    even = f64x2.add(even, f64x2.mul(h2, a1))
    even = f64x2.add(even, f64x2.mul(h4, a2))
    even = f64x2.add(even, f64x2.mul(h6, a3))
    even = f64x2.add(even, f64x2.mul(h8, a4))
    even = f64x2.add(even, f64x2.mul(h10, a5))
    let odd = f64x2.mul(h1, a0)
    odd = f64x2.add(odd, f64x2.mul(h3, a1))
    odd = f64x2.add(odd, f64x2.mul(h5, a2))
    odd = f64x2.add(odd, f64x2.mul(h7, a3))
    odd = f64x2.add(odd, f64x2.mul(h9, a4))
    odd = f64x2.add(odd, f64x2.mul(h11, a5))
    let detail = f64x2.mul(h11, d0)
    detail = f64x2.add(detail, f64x2.mul(h9, d1))
    detail = f64x2.add(detail, f64x2.mul(h7, d2))
    detail = f64x2.add(detail, f64x2.mul(h5, d3))
    detail = f64x2.add(detail, f64x2.mul(h3, d4))
    detail = f64x2.add(detail, f64x2.mul(h1, d5))
    even = f64x2.add(even, detail)
    detail = f64x2.mul(h10, d0)
    detail = f64x2.add(detail, f64x2.mul(h8, d1))
    detail = f64x2.add(detail, f64x2.mul(h6, d2))
    detail = f64x2.add(detail, f64x2.mul(h4, d3))
    detail = f64x2.add(detail, f64x2.mul(h2, d4))
    detail = f64x2.add(detail, f64x2.mul(h0, d5))
    odd = f64x2.sub(odd, detail)
    v128.store(x + (at << 1), v128.shuffle<f64>(even, odd, 0, 2))
    v128.store(x + (at << 1), v128.shuffle<f64>(even, odd, 1, 3), 16)
  }
}

/** Parts samples of even index from those of odd, `pairs` of each. */
function separate(x: usize, even: usize, odd: usize, pairs: usize): void {
  for (let at: usize = 0; at < pairs << 3; at += 16) {
    const first = v128.load(x + (at << 1))
    const second = v128.load(x + (at << 1), 16)
    v128.store(even + at, v128.shuffle<f64>(first, second, 0, 2))
    v128.store(odd + at, v128.shuffle<f64>(first, second, 1, 3))
  }
}
