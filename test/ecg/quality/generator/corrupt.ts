import type { EcgWaveform } from '../../../../src-main/ecg/recording.ts'
import { LEAD_NAMES } from '../../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../../src-preload/contract/ecg.ts'
import { gaussians, withLeads } from '../../measurements/simulated-ecg.ts'

/** A fault that makes a recording unusable, and the codes of which one must refuse it. */
export interface Corruption {
  name: string
  codes: readonly string[]
  apply(waveform: EcgWaveform, seed: number): EcgWaveform
}

/** The lead that a seed spoils, alone or with every other of its seed. */
const chosen = (seed: number): ((name: LeadName) => boolean) => {
  const all = seed % 5 === 0
  const one = LEAD_NAMES[seed % LEAD_NAMES.length]!
  return (name) => all || name === one
}

const spoil =
  (change: (lead: Float32Array, random: () => number, rateHz: number, seed: number) => Float32Array) =>
  (waveform: EcgWaveform, seed: number): EcgWaveform => {
    const concerned = chosen(seed)
    const random = gaussians(seed + 1)
    return withLeads(waveform, (lead, name) => (concerned(name) ? change(lead, random, waveform.rateHz, seed) : lead))
  }

/** Between two bounds by the seed: severities differ from recording to recording. */
const between = (low: number, high: number, seed: number): number => low + ((high - low) * ((seed * 37) % 100)) / 99

export const CORRUPTIONS: readonly Corruption[] = [
  { name: 'flat lead', codes: ['quality/lead-flat'], apply: spoil((lead) => lead.map(() => 0)) },
  {
    name: 'lead off, floating offset',
    codes: ['quality/lead-flat'],
    apply: spoil((lead, random) => lead.map(() => 2.4 + 0.0005 * random())),
  },
  {
    name: 'electrode off after 3 to 4.5 s',
    codes: ['quality/lead-off', 'quality/lead-flat'],
    apply: spoil((lead, _, rateHz, seed) => {
      const end = Math.round(between(3, 4.5, seed) * rateHz)
      return lead.map((value, i) => (i < end ? value : lead[end]!))
    }),
  },
  {
    name: 'samples missing for 0.1 to 3 s',
    codes: ['quality/gap', 'quality/lead-flat'],
    apply: spoil((lead, _, rateHz, seed) => {
      const from = Math.round(between(1, 6, seed) * rateHz)
      const to = from + Math.round(between(0.1, 3, seed) * rateHz)
      return lead.map((value, i) => (i >= from && i < to ? NaN : value))
    }),
  },
  {
    name: 'clipped at the recorder’s limit',
    codes: ['quality/clipped-away'],
    apply: spoil((lead, _, __, seed) => {
      const sorted = Float32Array.from(lead).sort()
      const [low, high] = [sorted[Math.floor(lead.length * 0.08)]!, sorted[Math.floor(lead.length * 0.92)]!]
      const gain = between(8, 12, seed) / (high - low)
      const middle = (high + low) / 2
      return lead.map((value) => Math.max(-4, Math.min(4, gain * (value - middle))))
    }),
  },
  {
    name: 'muscle noise of 0.35 to 1 mV',
    codes: ['quality/noise-too-high'],
    apply: spoil((lead, random, _, seed) => lead.map((value) => value + between(0.35, 1, seed) * random())),
  },
  {
    name: 'mains hum of 0.8 to 3 mV',
    codes: ['quality/noise-too-high'],
    apply: spoil((lead, _, rateHz, seed) =>
      lead.map((value, i) => value + between(0.8, 3, seed) * Math.sin((2 * Math.PI * 50 * i) / rateHz + seed)),
    ),
  },
  {
    name: 'baseline that drifts by 6 to 12 mV',
    codes: ['quality/baseline-unstable'],
    apply: spoil((lead, _, rateHz, seed) =>
      lead.map((value, i) => value + between(3, 6, seed) * Math.sin((2 * Math.PI * 0.15 * i) / rateHz + seed)),
    ),
  },
  {
    name: 'shorter than nine seconds',
    codes: ['ecg/too-short'],
    apply: (waveform, seed) =>
      withLeads(waveform, (lead) => lead.subarray(0, Math.round(between(2, 8.9, seed) * waveform.rateHz))),
  },
  {
    name: 'volts or microvolts taken for millivolts',
    codes: ['quality/units-implausible', 'quality/lead-flat'],
    apply: (waveform, seed) => withLeads(waveform, (lead) => lead.map((value) => value * (seed % 2 ? 1000 : 0.001))),
  },
  {
    name: 'no ECG: noise',
    codes: ['quality/no-rhythm', 'quality/noise-too-high'],
    apply: (waveform, seed) => {
      const random = gaussians(seed)
      return withLeads(waveform, (lead) => lead.map(() => 0.06 * random()))
    },
  },
]
