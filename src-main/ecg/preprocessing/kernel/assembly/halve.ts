// AssemblyScript, see lead.ts.

import { evens, halfBand, halved, odds } from './memory'

/** Nine seconds at 250 Hz: what the encoder sees. */
export const ENCODER_SAMPLES: usize = 2250

/** The half-band low-pass at the even samples from the `from`-th on: its taps fall on the centre and on odd ones. */
export function halve(from: usize): void {
  const h1 = v128.load_splat<f64>(halfBand)
  const h3 = v128.load_splat<f64>(halfBand, 8)
  const h5 = v128.load_splat<f64>(halfBand, 16)
  const h7 = v128.load_splat<f64>(halfBand, 24)
  const h9 = v128.load_splat<f64>(halfBand, 32)
  const h11 = v128.load_splat<f64>(halfBand, 40)
  const h13 = v128.load_splat<f64>(halfBand, 48)
  const h15 = v128.load_splat<f64>(halfBand, 56)
  const h17 = v128.load_splat<f64>(halfBand, 64)
  const h19 = v128.load_splat<f64>(halfBand, 72)
  const h21 = v128.load_splat<f64>(halfBand, 80)
  const h23 = v128.load_splat<f64>(halfBand, 88)
  const h25 = v128.load_splat<f64>(halfBand, 96)
  const h27 = v128.load_splat<f64>(halfBand, 104)
  const h29 = v128.load_splat<f64>(halfBand, 112)
  const h31 = v128.load_splat<f64>(halfBand, 120)
  const half = f64x2.splat(0.5)
  for (let at: usize = 0; at < ENCODER_SAMPLES << 3; at += 16) {
    // The odd sample 31 before the first centre; that just after the centre is the sixteenth from it.
    const x = odds + (from << 3) + at - 128
    const a = f64x2.add(f64x2.mul(h1, around(x, 120, 128)), f64x2.mul(h9, around(x, 88, 160)))
    const b = f64x2.add(f64x2.mul(h3, around(x, 112, 136)), f64x2.mul(h11, around(x, 80, 168)))
    const d = f64x2.add(f64x2.mul(h5, around(x, 104, 144)), f64x2.mul(h13, around(x, 72, 176)))
    const e = f64x2.add(f64x2.mul(h7, around(x, 96, 152)), f64x2.mul(h15, around(x, 64, 184)))
    let far = f64x2.mul(h17, around(x, 56, 192))
    far = f64x2.add(far, f64x2.mul(h19, around(x, 48, 200)))
    far = f64x2.add(far, f64x2.mul(h21, around(x, 40, 208)))
    far = f64x2.add(far, f64x2.mul(h23, around(x, 32, 216)))
    let farthest = f64x2.mul(h25, around(x, 24, 224))
    farthest = f64x2.add(farthest, f64x2.mul(h27, around(x, 16, 232)))
    farthest = f64x2.add(farthest, f64x2.mul(h29, around(x, 8, 240)))
    farthest = f64x2.add(farthest, f64x2.mul(h31, around(x, 0, 248)))
    let sum = f64x2.mul(half, v128.load(evens + (from << 3) + at))
    sum = f64x2.add(sum, f64x2.add(a, b))
    sum = f64x2.add(sum, f64x2.add(d, e))
    v128.store(halved + at, f64x2.add(sum, f64x2.add(far, farthest)))
  }
}

function around(x: usize, before: usize, after: usize): v128 {
  return f64x2.add(v128.load(x + before), v128.load(x + after))
}
