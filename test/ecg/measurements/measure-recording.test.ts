import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { measureRecording } from '../../../src-main/ecg/measurements/measure-recording.ts'
import { qtcBazett, qtcFramingham, qtcFridericia, qtcHodges } from '../../../src-main/ecg/measurements/qtc.ts'
import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { Measure, MeasuredEcg } from '../../../src-preload/contract/measurements.ts'
import { FIXTURES, readFile, SHARED, sharedAbsent } from '../files.ts'
import { gaussians, simulateEcg, withLeads } from './simulated-ecg.ts'

const leadsOf = ({ rateHz, leadsMv }: EcgWaveform) => ({
  rateHz,
  leads: LEAD_NAMES.map((name) => ({ name, samplesMv: leadsMv[name] })),
})
const measure = (waveform: EcgWaveform): MeasuredEcg => measureRecording(leadsOf(waveform), null)
const value = (ecg: MeasuredEcg, name: Measure): number | null => ecg.measurements.ours[name].value
const first10s = (waveform: EcgWaveform): EcgWaveform =>
  withLeads(waveform, (lead) => lead.subarray(0, Math.round(10 * waveform.rateHz)))
function measureFile(folder: string, file: string): MeasuredEcg {
  const recording = readFile(folder, file)
  return measureRecording(leadsOf(first10s(toWaveform(recording))), null, recording.interpretation)
}

describe('beside the values that devices wrote into real files', () => {
  /** Largest differences allowed: a pair of careful readers differs by about as much. Axes as devices' methods differ. */
  const within: Partial<Record<Measure, number>> = {
    heartRateBpm: 3,
    prMs: 20,
    qrsMs: 16,
    qtMs: 30,
    pAxisDegrees: 12,
    qrsAxisDegrees: 8,
    tAxisDegrees: 8,
  }
  const check = (folder: string, file: string, except: Measure[] = []): void => {
    const ecg = measureFile(folder, file)
    const device = ecg.measurements.device.values
    expect(Object.keys(device).length, 'the file carries measurements').toBeGreaterThan(3)
    for (const [name, most] of Object.entries(within) as [Measure, number][]) {
      if (device[name] === undefined || except.includes(name)) continue
      expect(Math.abs(value(ecg, name)! - device[name]), `${name} ${value(ecg, name)} beside ${device[name]}`).toBeLessThanOrEqual(most) // prettier-ignore
    }
  }
  it('Mortara, DICOM', () => check(FIXTURES, 'waveform_ecg.dcm'))
  it.skipIf(sharedAbsent).each<[string, Measure[]]>([
    ['muse/braveheart_example1.xml', []],
    ['muse/egm_muse-sinus.xml', []],
    ['cardiosoft/gopringle_b.xml', []],
    ['philips/ZZDEMOPTONLY_1.04.xml', []],
    // A P wave of two humps, of which the axis of the area has none of the device's.
    ['schiller/schiller.xml', ['pAxisDegrees']],
  ])('%s', (file, except) => check(SHARED, file, except))

  it.skipIf(sharedAbsent)('statements of the device are kept', () =>
    expect(measureFile(SHARED, 'cardiosoft/gopringle_b.xml').measurements.device.statements).toEqual([
      'Normal sinus rhythm',
      'Normal ECG',
    ]),
  )
})

describe('beside ECGdeli, a published algorithm, on the same files', () => {
  const theirs = JSON.parse(readFileSync(join(import.meta.dirname, 'ecgdeli.json'), 'utf8')) as Record<string, Record<'prMs' | 'qrsMs' | 'qtMs', number>> // prettier-ignore
  it.each(['HR06000.hea', 'JS20001.hea', 'waveform_ecg.dcm', '129DYPRG_1.03.xml'])('%s', (file) => {
    const ecg = measureFile(FIXTURES, file)
    expect(Math.abs(value(ecg, 'qtMs')! - theirs[file]!.qtMs)).toBeLessThanOrEqual(15)
    expect(Math.abs(value(ecg, 'prMs')! - theirs[file]!.prMs)).toBeLessThanOrEqual(35)
    // Its QRS complexes are longer than those of all devices here by about 15 ms.
    expect(theirs[file]!.qrsMs - value(ecg, 'qrsMs')!).toBeLessThanOrEqual(36)
  })
})

describe('laws', () => {
  const clean = { heartRateBpm: 66, noiseMv: 0.003 }
  const { waveform } = simulateEcg(clean)
  const reference = measure(waveform)
  const intervals = ['prMs', 'qrsMs', 'qtMs'] as const
  const axes = ['pAxisDegrees', 'qrsAxisDegrees', 'tAxisDegrees'] as const

  it('a simulated beat has the intervals and axes that it was made with', () => {
    expect(value(reference, 'heartRateBpm')).toBeCloseTo(66, 0)
    // P centred 160 ms before R with a standard deviation of 20 ms; QRS from about 45 ms before R; T at 280 ms, 45 ms.
    expect(value(reference, 'prMs')).toBeGreaterThan(130)
    expect(value(reference, 'prMs')).toBeLessThan(185)
    expect(value(reference, 'qtMs')).toBeGreaterThan(385)
    expect(value(reference, 'qtMs')).toBeLessThan(450)
    // Vector (0.06, 0.1) seen by Dower's I and II.
    const [I, II] = [0.632 * 0.06 - 0.235 * 0.1 + 0.059 * -0.02, 0.235 * 0.06 + 1.066 * 0.1 - 0.132 * -0.02]
    const axis = (Math.atan2((2 * II - I) / Math.sqrt(3), I) * 180) / Math.PI
    expect(Math.abs(value(reference, 'pAxisDegrees')! - axis)).toBeLessThan(6)
  })

  it.each([250, 360, 1000])('another sampling rate (%i Hz) changes no interval by more than a sample', (rateHz) => {
    const other = measure(simulateEcg({ ...clean, rateHz }).waveform)
    for (const name of intervals) {
      expect(Math.abs(value(other, name)! - value(reference, name)!), name).toBeLessThanOrEqual(1000 / Math.min(rateHz, 500) + 6) // prettier-ignore
    }
  })

  it('scaling changes neither intervals nor axes', () => {
    const double = measure(withLeads(waveform, (lead) => lead.map((sample) => 2 * sample)))
    for (const name of [...intervals, ...axes])
      expect(value(double, name), name).toBeCloseTo(value(reference, name)!, 0)
  })

  it('nor does an offset, or a start 230 ms later', () => {
    const shifted = measure(withLeads(waveform, (lead) => lead.subarray(115).map((sample) => sample + 0.8)))
    for (const name of intervals)
      expect(Math.abs(value(shifted, name)! - value(reference, name)!), name).toBeLessThan(4)
  })

  it('turning all leads upside down turns the axes by 180° and keeps the intervals', () => {
    const inverted = measure(withLeads(waveform, (lead) => lead.map((sample) => -sample)))
    for (const name of intervals) expect(value(inverted, name), name).toBeCloseTo(value(reference, name)!, 0)
    for (const name of axes) {
      expect(Math.abs(value(inverted, name)! - value(reference, name)!), name).toBeCloseTo(180, 0)
    }
  })

  it('the median beat keeps Einthoven’s law and has no noise', () => {
    const lead = (name: string) => reference.medianBeat!.leads.find((each) => each.name === name)!.samplesMv
    expect(Math.max(...lead('III').map((sample, i) => Math.abs(sample - lead('II')[i]! + lead('I')[i]!)))).toBeLessThan(1e-6) // prettier-ignore
    expect(reference.medianBeat!.leads.map(({ name }) => name)).toEqual(LEAD_NAMES)
  })
})

describe('what can’t be measured says why', () => {
  const random = gaussians(3)
  it('no P wave', () =>
    expect(measure(simulateEcg({ pWave: false }).waveform).measurements.ours.prMs).toEqual({
      value: null,
      reason: 'no-p-wave',
    }))
  it('no P wave in fibrillation', () => {
    const irregular = [0.7, 0.95, 0.62, 1.1, 0.8, 0.71, 1.02, 0.66, 0.9]
    const { ours } = measure(
      simulateEcg({ pWave: false, flutterMv: 0.05, intervalsS: irregular }).waveform,
    ).measurements
    expect(ours.pAxisDegrees).toEqual({ value: null, reason: 'no-p-wave' })
    expect(ours.qrsMs.value).not.toBeNull()
  })
  it('no T wave', () =>
    expect(measure(simulateEcg({ tWave: null }).waveform).measurements.ours.qtcHodgesMs).toMatchObject({ value: null }))
  it('noise alone', () => {
    const noise = withLeads(simulateEcg().waveform, (lead) => lead.map(() => 0.1 * random()))
    const ecg = measure(noise)
    expect(ecg.medianBeat).toBeNull()
    expect(ecg.measurements.ours.qrsMs).toEqual({ value: null, reason: 'few-beats' })
  })
  it('leads that are not there', () => {
    const { rateHz, leads } = leadsOf(simulateEcg().waveform)
    const ecg = measureRecording({ rateHz, leads: leads.slice(0, 2) }, null)
    expect(ecg.measurements.ours.qtMs).toEqual({ value: null, reason: 'leads-missing' })
    expect(ecg.measurements.ours.heartRateBpm.value).toBeCloseTo(70, 0)
  })
})

it('QTc at 60 beats per minute is QT, and the formulas are those of their papers at 75', () => {
  for (const qtc of [qtcBazett, qtcFridericia, qtcFramingham, qtcHodges]) expect(qtc(400, 1000)).toBeCloseTo(400, 9)
  expect(qtcBazett(380, 800)).toBeCloseTo(380 / Math.sqrt(0.8), 9)
  expect(qtcFridericia(380, 800)).toBeCloseTo(380 / 0.8 ** (1 / 3), 9)
  expect(qtcFramingham(380, 800)).toBeCloseTo(380 + 154 * 0.2, 9)
  expect(qtcHodges(380, 800)).toBeCloseTo(380 + 1.75 * 15, 9)
})
