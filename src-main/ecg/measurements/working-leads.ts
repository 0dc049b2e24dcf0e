import { allFinite } from '../quality/moments.ts'
import type { EcgWaveform } from '../recording.ts'

/** Leads at a rate of 200–400 Hz, without pacemaker spikes: enough to find beats, a fifth of the work at 1000 Hz. */
export interface WorkingLeads {
  leads: readonly Float64Array[]
  rateHz: number
  /** Samples of the recording for each working sample. */
  factor: number
}

/** Below this rate a median of five samples would flatten a QRS complex, not only a spike. */
const LOWEST_DESPIKED_RATE_HZ = 180

/** The eight leads that carry all information: the other four are sums of I and II. */
export const independentLeads = ({ leadsMv: { I, II, V1, V2, V3, V4, V5, V6 } }: EcgWaveform): Float32Array[] => [
  I,
  II,
  V1,
  V2,
  V3,
  V4,
  V5,
  V6,
]

/**
 * Averages whole groups of samples and takes the running median of five, which removes anything of at most two samples
 * (5–10 ms): pacemaker spikes. Non-finite samples take the value before them.
 *
 * @param leadsMv  any number of leads of one length, mV
 * @param rateHz   of the recording, positive
 */
export function toWorkingLeads(leadsMv: readonly Float32Array[], rateHz: number): WorkingLeads {
  const factor = Math.max(1, Math.floor(rateHz / 200))
  const workingRateHz = rateHz / factor
  const leads = leadsMv.map((lead) => {
    const coarse = average(lead, factor)
    if (workingRateHz >= LOWEST_DESPIKED_RATE_HZ) takeMedianOfFive(coarse)
    return coarse
  })
  return { leads, rateHz: workingRateHz, factor }
}

function average(lead: Float32Array, factor: number): Float64Array {
  const coarse = new Float64Array(Math.floor(lead.length / factor))
  if (allFinite(lead)) {
    // Written out for the commonest rate, 500 Hz: a third of the time.
    if (factor === 2) for (let i = 0; i < coarse.length; i += 1) coarse[i] = (lead[2 * i]! + lead[2 * i + 1]!) / 2
    else averageGroups(lead, factor, coarse)
    return coarse
  }
  let held = lead.find((value) => Number.isFinite(value)) ?? 0
  for (let i = 0; i < coarse.length; i += 1) {
    let sum = 0
    for (let j = i * factor; j < (i + 1) * factor; j += 1) {
      const value = lead[j]!
      if (value - value === 0) held = value
      sum += held
    }
    coarse[i] = sum / factor
  }
  return coarse
}

function averageGroups(lead: Float32Array, factor: number, coarse: Float64Array): void {
  for (let i = 0, from = 0; i < coarse.length; i += 1) {
    let sum = 0
    for (const to = from + factor; from < to; from += 1) sum += lead[from]!
    coarse[i] = sum / factor
  }
}

/** Running median of five, in place; the two samples at each end stay. */
function takeMedianOfFive(x: Float64Array): void {
  let a = x[0]!
  let b = x[1]!
  let c = x[2]!
  let d = x[3]!
  for (let i = 2; i < x.length - 2; i += 1) {
    const e = x[i + 2]!
    // On a slope, as nearly everywhere, the middle one is the median already.
    const rises = a <= c && b <= c && d >= c && e >= c
    if (!rises && !(a >= c && b >= c && d <= c && e <= c)) {
      // Of the four neighbours the lowest and the highest cannot be the median; it is that of the other two and c.
      const f = Math.max(Math.min(a, b), Math.min(d, e))
      const g = Math.min(Math.max(a, b), Math.max(d, e))
      x[i] = Math.max(Math.min(f, g), Math.min(Math.max(f, g), c))
    }
    a = b
    b = c
    c = d
    d = e
  }
}
