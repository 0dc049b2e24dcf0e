// AssemblyScript, not TypeScript: `npm run kernel` compiles it into ../lead.generated.ts.
//
// The steps of `toEncoderInput` for one lead, in float64, two samples an instruction. What each step is stands in plain
// TypeScript in the files of the same names above this folder; test/ecg/preprocessing/kernel.test.ts holds one against
// the other.

import { detail1, detail2, detail3, detail4, level0, level1, level2, level3, level4, magnitudes } from './memory'
import { halve } from './halve'
import { scale } from './scale'
import { smooth } from './smooth'
import { removeTrend } from './trend'
import { halvedWith, join, split } from './wavelet'

export { halfBand, input, magnitudes, scaled, smoothing, wavelet } from './memory'

/**
 * Subtracts the trend of the lead at `input` and takes it apart into four levels of details.
 *
 * @returns how many magnitudes stand at `magnitudes`
 */
export function analyse(length: usize, period: usize): usize {
  removeTrend(length, period)
  const length1 = split(level0, length, level1, detail1)
  const length2 = split(level1, length1, level2, detail2)
  const length3 = split(level2, length2, level3, detail3)
  split(level3, length3, level4, detail4)
  for (let at: usize = 0; at < length1 << 3; at += 16) {
    v128.store(magnitudes + at, f64x2.abs(v128.load(detail1 + at)))
  }
  return length1
}

/**
 * Shrinks the details by a threshold, puts the lead together again, smooths it, halves its rate, and scales the 2250
 * samples from `from` on.
 *
 * @returns largest less smallest sample before scaling
 */
export function finish(length: usize, threshold: f64, from: usize): f64 {
  const length1 = halvedWith(length)
  const length2 = halvedWith(length1)
  const length3 = halvedWith(length2)
  const length4 = halvedWith(length3)
  join(level4, detail4, length4, threshold, level3)
  join(level3, detail3, length3, threshold, level2)
  join(level2, detail2, length2, threshold, level1)
  join(level1, detail1, length1, threshold, level0)
  smooth(length)
  halve(from)
  return scale()
}
