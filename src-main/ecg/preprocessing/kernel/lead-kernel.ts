import { waveletFilters } from '../daubechies.ts'
import { noiseOf } from '../denoise.ts'
import { ODD_TAPS } from '../half-band.ts'
import { savitzkyGolayCoefficients } from '../savitzky-golay.ts'
import { LEAD_KERNEL } from './lead.generated.ts'

/** What assembly/lead.ts exports: places in its memory, in bytes, and its two steps. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer }
  input: Place
  magnitudes: Place
  scaled: Place
  wavelet: Place
  smoothing: Place
  halfBand: Place
  analyse(length: number, period: number): number
  finish(length: number, threshold: number, from: number): number
}
interface Place {
  readonly value: number
}

/** Longest lead that the kernel has room for: ten seconds at 500 Hz. */
const LONGEST_LEAD = 5000
/** Nine seconds at 250 Hz. */
const SCALED_SAMPLES = 2250

export interface ScaledLead {
  /** 2250 samples from −1 to 1, valid until the next lead. */
  scaled: Float32Array
  /** Largest less smallest sample before scaling, mV. */
  rangeMv: number
}

/**
 * Makes the preprocessing of one lead, compiled for speed: trend, wavelet denoising, smoothing, half the rate, scale.
 *
 * The median of the details stays outside, between the kernel's two steps.
 *
 * @returns a function of a lead of 4499 to 5000 samples, the period of its trend in samples, and the index among its
 *   even samples of the first that counts
 */
export function createLeadKernel(): (lead: Float32Array | Float64Array, period: number, from: number) => ScaledLead {
  const module = new WebAssembly.Module(Buffer.from(LEAD_KERNEL, 'base64'))
  const exports: unknown = new WebAssembly.Instance(module).exports
  const kernel = exports as Exports
  const { buffer } = kernel.memory
  const write = ({ value }: Place, numbers: ArrayLike<number>): void =>
    new Float64Array(buffer, value, numbers.length).set(numbers)
  write(kernel.wavelet, waveletFilters('db6').recLo)
  write(kernel.halfBand, ODD_TAPS)
  write(kernel.smoothing, smoothingWeights())
  const input = new Float64Array(buffer, kernel.input.value, LONGEST_LEAD)
  const scaled = new Float32Array(buffer, kernel.scaled.value, SCALED_SAMPLES)

  return (lead, period, from) => {
    input.set(lead)
    const count = kernel.analyse(lead.length, period)
    const { threshold } = noiseOf(new Float64Array(buffer, kernel.magnitudes.value, count), lead.length)
    return { scaled, rangeMv: kernel.finish(lead.length, threshold, from) }
  }
}

/** The weights of the centre, then those of each place of an end's window. */
function smoothingWeights(): number[] {
  const places = Array.from({ length: 11 }, (_, position) => savitzkyGolayCoefficients(11, 3, { position }))
  return [savitzkyGolayCoefficients(11, 3), ...places].flatMap((weights) => [...weights])
}
