import type { LeadName, Waveform } from '../../contract.ts'

/** How far the trace of a lead goes from its baseline, in mV, neither below zero. */
export type LeadReach = ReadonlyMap<LeadName, { upMv: number; downMv: number }>

/** @returns the reach of every lead over the whole recording; of each lead the farther one where there are several */
export function reachOfLeads(...waveforms: (Waveform | null)[]): LeadReach {
  const reach = new Map<LeadName, { upMv: number; downMv: number }>()
  for (const waveform of waveforms) {
    for (const { name, samplesMv } of waveform?.leads ?? []) {
      let { upMv, downMv } = reach.get(name) ?? { upMv: 0, downMv: 0 }
      // A comparison with NaN, a gap in the samples, is never true.
      for (const value of samplesMv) {
        if (value > upMv) upMv = value
        else if (-value > downMv) downMv = -value
      }
      reach.set(name, { upMv, downMv })
    }
  }
  return reach
}
