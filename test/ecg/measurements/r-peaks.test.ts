import { describe, expect, it } from 'vitest'
import { heartRateBpm } from '../../../src-main/ecg/measurements/heart-rate.ts'
import { detectBeats, detectRPeaks } from '../../../src-main/ecg/measurements/r-peaks.ts'
import { gaussians, simulateEcg, withLeads, type SimulatedEcg, type SimulatedRhythm } from './simulated-ecg.ts'

/** Beats this near to an end may be cut by it, s. */
const EDGE_S = 0.15
const TOLERANCE_S = 0.02

function expectEveryBeat({ waveform, rPeaksS }: SimulatedEcg): void {
  const durationS = waveform.leadsMv.I.length / waveform.rateHz
  const found = detectRPeaks(waveform).map((peak) => peak / waveform.rateHz)
  const inner = (t: number): boolean => t > EDGE_S && t < durationS - EDGE_S
  const missed = rPeaksS.filter(inner).filter((r) => !found.some((t) => Math.abs(t - r) <= TOLERANCE_S))
  const invented = found.filter(inner).filter((t) => !rPeaksS.some((r) => Math.abs(t - r) <= TOLERANCE_S))
  expect({ missed, invented }).toEqual({ missed: [], invented: [] })
}

describe('R peaks within 20 ms, none missed, none invented', () => {
  const short = { at: 0.16, sigma: 0.025, vector: [0.2, 0.15, -0.1] as const }
  const rhythms: Record<string, SimulatedRhythm> = {
    'bradycardia, 30 beats/min': { heartRateBpm: 30 },
    '40 beats/min': { heartRateBpm: 40 },
    '70 beats/min': { heartRateBpm: 70 },
    '110 beats/min': { heartRateBpm: 110 },
    'tachycardia, 160 beats/min': { heartRateBpm: 160, tWave: short, pWave: false },
    'tachycardia, 220 beats/min': { heartRateBpm: 220, tWave: short, pWave: false },
    'wide complexes, 150 beats/min': { heartRateBpm: 150, qrsStretch: 2.2, tWave: short, pWave: false },
    'left bundle branch block': { qrsStretch: 2 },
    'T waves taller than R': { tWave: { at: 0.3, sigma: 0.045, vector: [1.1, 0.9, -0.5] } },
    'T waves as tall as R and nearly as narrow': { tWave: { at: 0.26, sigma: 0.027, vector: [0.9, 0.75, -0.4] } },
    'low voltage': { gain: 0.12, noiseMv: 0.005 },
    'ventricular pacing': { qrsStretch: 2, pacing: { mv: 5, beforeS: [0.045] } },
    'atrial and ventricular pacing': { qrsStretch: 2, pacing: { mv: 6, beforeS: [0.215, 0.045] } },
    'inverted pacing spikes': { qrsStretch: 1.5, pacing: { mv: -8, beforeS: [0.19] } },
    'atrial fibrillation': {
      intervalsS: [0.61, 0.84, 0.52, 0.97, 0.7, 0.58, 1.1, 0.66, 0.79, 0.49],
      pWave: false,
      flutterMv: 0.07,
    },
    'extra beats with a pause': { intervalsS: [0.85, 0.85, 0.85, 0.48, 1.22] },
    'flutter waves in a pause': { intervalsS: [0.6, 0.6, 1.2, 0.6, 1.8], pWave: false, flutterMv: 0.15 },
    'muscle noise': { noiseMv: 0.06 },
    'mains hum': { mainsMv: 0.15 },
    'baseline wander': { wanderMv: 1.5 },
  }
  it.each(Object.entries(rhythms))('%s', (_, rhythm) => expectEveryBeat(simulateEcg(rhythm)))

  it.each([100, 125, 240, 250, 257, 360, 500, 800, 1000, 2000])('at %i Hz', (rateHz) =>
    expectEveryBeat(simulateEcg({ rateHz, heartRateBpm: 83 })),
  )

  it('in an hour’s excerpt whose amplitude changes', () => {
    const ecg = simulateEcg({ durationS: 120, heartRateBpm: 66 })
    const fading = withLeads(ecg.waveform, (lead) =>
      lead.map((value, i) => value * (0.35 + 0.65 * Math.cos(i / 9000) ** 2)),
    )
    expectEveryBeat({ ...ecg, waveform: fading })
  })

  it('where one beat has a third of the height of the others', () => {
    const ecg = simulateEcg({ heartRateBpm: 60 })
    const r = ecg.rPeaksS[4]! * 500
    const faint = withLeads(ecg.waveform, (lead) =>
      lead.map((value, i) => (Math.abs(i - r) < 60 ? 0.33 * value + 0.67 * lead[Math.round(r) - 60]! : value)),
    )
    expectEveryBeat({ ...ecg, waveform: faint })
  })

  it('with every lead upside down', () => {
    const ecg = simulateEcg()
    expectEveryBeat({ ...ecg, waveform: withLeads(ecg.waveform, (lead) => lead.map((value) => -value)) })
  })

  it('with two leads full of artefacts', () => {
    const ecg = simulateEcg({ heartRateBpm: 62 })
    const random = gaussians(3)
    const torn = withLeads(ecg.waveform, (lead, name) =>
      name === 'V3' || name === 'V5' ? lead.map((value, i) => value + (i % 700 < 350 ? 4 : -4) + 0.3 * random()) : lead,
    )
    expectEveryBeat({ ...ecg, waveform: torn })
  })

  it('with samples missing', () => {
    const ecg = simulateEcg()
    const torn = withLeads(ecg.waveform, (lead) => lead.map((value, i) => (i > 2600 && i < 2640 ? NaN : value)))
    expectEveryBeat({ ...ecg, waveform: torn })
  })
})

it('finds the same beats whatever the amplitude', () => {
  const { waveform } = simulateEcg({ heartRateBpm: 77 })
  const louder = withLeads(waveform, (lead) => lead.map((value) => 8 * value))
  expect(detectRPeaks(louder)).toEqual(detectRPeaks(waveform))
})

it('takes a calibration pulse for steps, not for beats', () => {
  const { waveform } = simulateEcg({ heartRateBpm: 60 })
  const pulsed = withLeads(waveform, (lead) =>
    lead.map((value, i) => (i < 4700 ? value : i < 4800 || i > 4900 ? 0 : 1)),
  )
  const { peaks, steps } = detectBeats(pulsed)
  expect(peaks.filter((peak) => peak > 4690)).toEqual([])
  expect(steps.filter((step) => step > 4780)).toHaveLength(2)
})

describe('no beats in', () => {
  const { waveform } = simulateEcg()
  const random = gaussians(11)
  it('noise', () => expect(detectRPeaks(withLeads(waveform, (lead) => lead.map(() => 0.1 * random())))).toEqual([]))
  it('flat leads', () => expect(detectRPeaks(withLeads(waveform, (lead) => lead.map(() => 0.3)))).toEqual([]))
  it('missing samples', () => expect(detectRPeaks(withLeads(waveform, (lead) => lead.map(() => NaN)))).toEqual([]))
  it('half a second', () => expect(detectRPeaks(withLeads(waveform, (lead) => lead.subarray(0, 250)))).toEqual([]))
})

describe('heart rate', () => {
  it.each([30, 61, 150, 220])('of a regular rhythm, %i beats/min', (rate) => {
    const peaks = Array.from({ length: 12 }, (_, k) => Math.round((k * 60 * 500) / rate))
    expect(heartRateBpm(peaks, 500)).toBeCloseTo(rate, 0)
  })
  it('is the mean rate of an irregular rhythm', () =>
    expect(heartRateBpm([0, 300, 900, 1250, 1700, 2400], 500)).toBeCloseTo((5 * 60 * 500) / 2400, 9))
  it('is not halved by a missed beat', () => expect(heartRateBpm([0, 500, 1000, 2000, 2500, 3000], 500)).toBe(60))
  it('is not doubled by an invented beat', () =>
    expect(heartRateBpm([0, 500, 650, 1000, 1500, 2000, 2500], 500)).toBeCloseTo(60, -1))
  it('is unknown for two beats', () => expect(heartRateBpm([0, 500], 500)).toBeNull())
  it('is unknown where the beats make no rhythm', () =>
    expect(heartRateBpm([0, 145, 245, 515, 2500, 2645, 2745], 500)).toBeNull())
})
