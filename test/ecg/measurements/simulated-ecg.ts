import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'

/** Rows of Dower's matrix (J Electrocardiol 1980;13:81): leads from the heart vector (left, down, back). */
const DOWER: Record<'I' | 'II' | `V${1 | 2 | 3 | 4 | 5 | 6}`, readonly [number, number, number]> = {
  I: [0.632, -0.235, 0.059],
  II: [0.235, 1.066, -0.132],
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
}

interface Wave {
  /** Centre after the R peak and width, s. */
  at: number
  sigma: number
  vector: readonly [number, number, number]
}

export interface SimulatedRhythm {
  rateHz?: number
  durationS?: number
  heartRateBpm?: number
  /** R–R intervals in s, cycled; overrides the heart rate. */
  intervalsS?: readonly number[]
  gain?: number
  qrsStretch?: number
  tWave?: Wave | null
  pWave?: boolean
  /** Spikes of 2 ms, in mV, this long before the R peak, in s. */
  pacing?: { mv: number; beforeS: readonly number[] }
  noiseMv?: number
  mainsMv?: number
  wanderMv?: number
  flutterMv?: number
}

export interface SimulatedEcg {
  waveform: EcgWaveform
  /** True moments of the R peaks, s. */
  rPeaksS: number[]
}

const T_WAVE: Wave = { at: 0.28, sigma: 0.045, vector: [0.25, 0.2, -0.1] }

/** Twelve leads of a heart vector that draws Gaussian P, Q, R, S and T waves, with what disturbs a recording. */
export function simulateEcg(rhythm: SimulatedRhythm = {}): SimulatedEcg {
  const { rateHz = 500, durationS = 10, gain = 1, qrsStretch = 1, tWave = T_WAVE, pWave = true } = rhythm
  const { noiseMv = 0.004, mainsMv = 0, wanderMv = 0, flutterMv = 0, pacing } = rhythm
  const intervals = rhythm.intervalsS ?? [60 / (rhythm.heartRateBpm ?? 70)]
  const rPeaksS: number[] = []
  for (let t = 0.31, k = 0; t < durationS; t += intervals[k % intervals.length]!, k += 1) rPeaksS.push(t)

  const waves: Wave[] = [
    { at: -0.022 * qrsStretch, sigma: 0.007 * qrsStretch, vector: [-0.1, 0.05, -0.15] },
    { at: 0, sigma: 0.01 * qrsStretch, vector: [1, 0.8, 0.5] },
    { at: 0.026 * qrsStretch, sigma: 0.009 * qrsStretch, vector: [-0.1, -0.2, 0.25] },
    ...(tWave ? [tWave] : []),
    ...(pWave ? [{ at: -0.16, sigma: 0.02, vector: [0.06, 0.1, -0.02] as const }] : []),
  ]
  const length = Math.round(durationS * rateHz)
  const random = gaussians(20_240)
  const leads = {} as Record<LeadName, Float32Array>
  for (const [name, row] of Object.entries(DOWER)) {
    const lead = new Float64Array(length)
    for (const r of rPeaksS) {
      for (const wave of waves) {
        const height = gain * row.reduce((sum, share, axis) => sum + share * wave.vector[axis]!, 0)
        addGaussian(lead, rateHz, r + wave.at, wave.sigma, height)
      }
      for (const before of pacing?.beforeS ?? []) addSpike(lead, rateHz, r - before, pacing!.mv)
    }
    for (let i = 0; i < length; i += 1) {
      const t = i / rateHz
      lead[i]! +=
        noiseMv * random() +
        mainsMv * Math.sin(2 * Math.PI * 50 * t) +
        wanderMv * Math.sin(2 * Math.PI * 0.23 * t) +
        flutterMv * Math.sin(2 * Math.PI * 5.5 * t)
    }
    leads[name as LeadName] = Float32Array.from(lead)
  }
  const { I, II } = leads
  leads.III = II.map((value, i) => value - I[i]!)
  leads.aVR = I.map((value, i) => -(value + II[i]!) / 2)
  leads.aVL = I.map((value, i) => value - II[i]! / 2)
  leads.aVF = II.map((value, i) => value - I[i]! / 2)
  return { waveform: { rateHz, leadsMv: leads, derivedLeads: [], extraChannels: [] }, rPeaksS }
}

/** The same recording with some leads replaced. */
export const withLeads = (
  waveform: EcgWaveform,
  change: (lead: Float32Array, name: LeadName) => Float32Array,
): EcgWaveform => ({
  ...waveform,
  leadsMv: Object.fromEntries(
    LEAD_NAMES.map((name) => [name, change(waveform.leadsMv[name], name)]),
  ) as EcgWaveform['leadsMv'],
})

function addGaussian(lead: Float64Array, rateHz: number, centreS: number, sigmaS: number, height: number): void {
  const from = Math.max(0, Math.floor((centreS - 5 * sigmaS) * rateHz))
  const to = Math.min(lead.length, Math.ceil((centreS + 5 * sigmaS) * rateHz))
  for (let i = from; i < to; i += 1) lead[i]! += height * Math.exp(-(((i / rateHz - centreS) / sigmaS) ** 2) / 2)
}

function addSpike(lead: Float64Array, rateHz: number, startS: number, mv: number): void {
  const from = Math.round(startS * rateHz)
  const width = Math.max(1, Math.round(0.002 * rateHz))
  for (let i = Math.max(0, from); i < Math.min(lead.length, from + width); i += 1) lead[i]! += mv
}

/** Standard normal numbers by Box and Muller from a congruential generator: the same in every run. */
export function gaussians(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
