import { median } from '../preprocessing/median.ts'
import type { AlignedBeats } from './median-beat.ts'
import { findPWave, type PWave } from './p-wave.ts'
import { qrsEnds, type Span } from './qrs-ends.ts'
import { findTWave, type TWave } from './t-wave.ts'

/** Ends of the waves of a median beat, in samples from its start, between samples too. */
export interface Delineation {
  qrs: Span
  p: PWave | null
  t: TWave | null
  /** The leads with zero at the QRS onset. */
  leads: Float64Array[]
}

/** The baseline is the mean of this time before the QRS onset. */
const BASELINE_S = 0.016
const TRUSTED_MV = 0.02
const NOISIER = 3

/**
 * Finds the waves of a median beat over all leads at once: QRS by the spatial velocity, P and T in the combination of
 * leads that shows each best.
 *
 * @param beat       of the independent leads I, II, V1–V6
 * @param recording  the leads that it was made of
 * @param intervalS  typical RR interval
 */
export function delineate(beat: AlignedBeats, recording: readonly Float32Array[], intervalS: number): Delineation {
  const { rateHz, rIndex } = beat
  const trusted = trustedLeads(beat.noiseMv)
  const of = <T>(all: readonly T[]): T[] => trusted.map((k) => all[k]!)
  const noiseMv = median(of(beat.noiseMv))
  const qrs = qrsEnds(of(beat.leads), rIndex, rateHz)
  const leads = beat.leads.map((lead) => fromBaseline(lead, qrs.from, Math.round(BASELINE_S * rateHz)))
  const interval = intervalS * rateHz
  const t = findTWave(of(leads), qrs, qrs.from + interval, noiseMv, rateHz)
  const previousEnd = (t?.offset ?? t?.peak ?? qrs.to) - interval
  const search = { leads: of(leads), qrsOnset: qrs.from, previousEnd, noiseMv, rateHz }
  const p = findPWave({ ...search, recording: of(recording), starts: beat.starts })
  return { qrs, p, t, leads }
}

/** The leads that are not much noisier than the others: one loose electrode must not blur the ends of the waves. */
function trustedLeads(noiseMv: readonly number[]): number[] {
  const limit = Math.max(TRUSTED_MV, NOISIER * median(noiseMv))
  return noiseMv.flatMap((noise, k) => (noise <= limit ? [k] : []))
}

function fromBaseline(lead: Float64Array, onset: number, width: number): Float64Array {
  const to = Math.floor(onset)
  let sum = 0
  for (let i = to - width; i < to; i += 1) sum += lead[i]!
  const level = sum / width
  return lead.map((value) => value - level)
}
