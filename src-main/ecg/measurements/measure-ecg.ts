import type { Measure, Measured, MedianBeat } from '../../../src-preload/contract/measurements.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { deriveLimbLeads } from '../limb-leads.ts'
import { findPacingSpikes, withoutSpikes } from '../quality/pacing.ts'
import { delineate, type Delineation } from './delineate.ts'
import { frontalAxisDegrees } from './frontal-axis.ts'
import { heartRateBpm } from './heart-rate.ts'
import { medianBeat, type AlignedBeats } from './median-beat.ts'
import { nothingMeasured, toATenth, type OwnMeasurements } from './nothing-measured.ts'
import { qtcBazett, qtcFramingham, qtcFridericia, qtcHodges } from './qtc.ts'

/** Waves lower than this in the frontal plane have no axis, mV. */
const SMALLEST_P_MV = 0.02
const SMALLEST_MV = 0.05

/**
 * Intervals, corrected QT and frontal axes of one ECG from its median beat; what can't be measured says why.
 *
 * @param leadsMv  I, II, V1–V6 of the measured stretch, mV, finite
 * @param peaks    R peaks within it, samples
 */
export function measureEcg(
  leadsMv: readonly Float32Array[],
  peaks: readonly number[],
  rateHz: number,
): OwnMeasurements {
  const spikes = findPacingSpikes(leadsMv, peaks, rateHz)
  const leads = spikes ? withoutSpikes(leadsMv, spikes, rateHz) : leadsMv
  const rate = heartRateBpm(peaks, rateHz)
  const beat = medianBeat(leads, peaks, rateHz)
  if (rate === null || !beat) return nothingMeasured('few-beats', peaks, rateHz)
  const waves = delineate(beat, leads, 60 / rate)
  const ms = (samples: number): number => Math.round(((samples - beat.rIndex) * 10_000) / rateHz) / 10
  const { qrs, p, t } = waves
  return {
    ours: measureWaves(waves, beat, 60_000 / rate),
    fiducials: {
      pOnsetMs: p && ms(p.onset),
      pOffsetMs: p && ms(p.offset),
      qrsOnsetMs: ms(qrs.from),
      qrsOffsetMs: ms(qrs.to),
      tPeakMs: t && ms(t.peak),
      tOffsetMs: t && t.offset !== null ? ms(t.offset) : null,
    },
    beats: { found: peaks.length, used: beat.starts.length },
    medianBeat: toTwelveLeads(waves.leads, beat),
  }
}

function measureWaves(
  { qrs, p, t, leads }: Delineation,
  { rateHz }: AlignedBeats,
  rrMs: number,
): Record<Measure, Measured> {
  const ms = (from: number, to: number): number => ((to - from) * 1000) / rateHz
  const [I, II] = leads as [Float64Array, Float64Array]
  const axis = (span: { from: number; to: number }, smallestMv: number): Measured => {
    const degrees = frontalAxisDegrees(I, II, span, smallestMv)
    return degrees === null ? { value: null, reason: 'low-amplitude' } : toATenth(degrees)
  }
  const qt = t && t.offset !== null ? ms(qrs.from, t.offset) : null
  const noQt: Measured = { value: null, reason: t ? 't-wave-cut-off' : 'low-amplitude' }
  const corrected = (by: (qtMs: number, rrMs: number) => number): Measured => (qt === null ? noQt : toATenth(by(qt, rrMs))) // prettier-ignore
  const noP: Measured = { value: null, reason: 'no-p-wave' }
  return {
    heartRateBpm: toATenth(60_000 / rrMs),
    rrMs: toATenth(rrMs),
    pMs: p ? toATenth(ms(p.onset, p.offset)) : noP,
    prMs: p ? toATenth(ms(p.onset, qrs.from)) : noP,
    qrsMs: toATenth(ms(qrs.from, qrs.to)),
    qtMs: qt === null ? noQt : toATenth(qt),
    qtcBazettMs: corrected(qtcBazett),
    qtcFridericiaMs: corrected(qtcFridericia),
    qtcFraminghamMs: corrected(qtcFramingham),
    qtcHodgesMs: corrected(qtcHodges),
    pAxisDegrees: p ? axis({ from: p.onset, to: p.offset }, SMALLEST_P_MV) : noP,
    qrsAxisDegrees: axis(qrs, SMALLEST_MV),
    // Around its top: the ST segment before it has a direction of its own.
    tAxisDegrees: t && t.offset !== null ? axis({ from: 2 * t.peak - t.offset, to: t.offset }, SMALLEST_MV) : noQt,
  }
}

function toTwelveLeads(independent: readonly Float64Array[], { rateHz, rIndex }: AlignedBeats): MedianBeat {
  const [I, II, ...chest] = independent.map((lead) => Float32Array.from(lead))
  const all = [...inOrder(deriveLimbLeads({ I: I!, II: II! })), ...chest]
  return { rateHz, rIndex, leads: LEAD_NAMES.map((name, k) => ({ name, samplesMv: all[k]! })) }
}

const inOrder = ({ I, II, III, aVR, aVL, aVF }: ReturnType<typeof deriveLimbLeads>): Float32Array[] => [
  I,
  II,
  III,
  aVR,
  aVL,
  aVF,
]
