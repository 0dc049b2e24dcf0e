import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toEncoderInput } from '../../../src-main/ecg/preprocessing/encoder-input.ts'
import { prepareScreening } from '../../../src-main/ecg/preprocessing/prepare-screening.ts'
import { resamplePolyphase } from '../../../src-main/ecg/preprocessing/resample.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { gaussians, simulateEcg, withLeads } from '../measurements/simulated-ecg.ts'

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
const code = (expected: string): unknown => expect.objectContaining({ code: expected })

const { waveform } = simulateEcg({ heartRateBpm: 73 })
const prepared = prepareScreening(waveform)

describe('the encoder input', () => {
  it('is twelve leads of nine seconds at 250 Hz between −1 and 1, both reached', () => {
    expect(prepared.ecg).toHaveLength(12 * 2250)
    for (let lead = 0; lead < 12; lead += 1) {
      const values = prepared.ecg.subarray(lead * 2250, (lead + 1) * 2250)
      expect([Math.min(...values), Math.max(...values)]).toEqual([-1, 1])
    }
  })

  it('does not know the gain, which stands in the amplitude', () => {
    const louder = prepareScreening(withLeads(waveform, (lead) => lead.map((value) => 2 * value)))
    expect(largestDifference(louder.ecg, prepared.ecg)).toBeLessThan(1e-6)
    for (const [k, value] of louder.amplitude.entries())
      expect(value - prepared.amplitude[k]!).toBeCloseTo(Math.log10(2), 5)
  })

  it('does not know an electrode offset', () => {
    const shifted = prepareScreening(withLeads(waveform, (lead) => lead.map((value) => value + 0.5)))
    expect(largestDifference(shifted.ecg, prepared.ecg)).toBeLessThan(1e-5)
  })

  it('keeps every lead in its place', () => {
    const leads = LEAD_NAMES.map((name) => waveform.leadsMv[name])
    const forward = toEncoderInput(leads, 73)
    const backward = toEncoderInput(leads.toReversed(), 73)
    expect(backward.ecg.subarray(0, 2250)).toEqual(forward.ecg.subarray(11 * 2250))
    expect([...backward.amplitude].reverse()).toEqual([...forward.amplitude])
  })

  it('has 0 and −3 for a constant lead', () => {
    const leads = LEAD_NAMES.map((name) => waveform.leadsMv[name])
    leads[4] = new Float32Array(5000).fill(0.7)
    const { ecg, amplitude } = toEncoderInput(leads, 73)
    expect(ecg.subarray(4 * 2250, 5 * 2250).every((value) => value === 0)).toBe(true)
    expect(amplitude[4]).toBe(-3)
  })

  it('is refused for less than nine seconds', () =>
    expect(() =>
      toEncoderInput(
        LEAD_NAMES.map(() => new Float32Array(4400)),
        60,
      ),
    ).toThrow(code('ecg/too-short')))

  it('is the same on every run', () => expect(prepareScreening(waveform)).toEqual(prepared))
})

describe('at another rate', () => {
  it.each([240, 250, 257, 1000, 2000])('%i Hz gives the same input', (rateHz) => {
    const clean = { heartRateBpm: 73, noiseMv: 0 }
    const slow = prepareScreening(simulateEcg({ ...clean, rateHz }).waveform, { measuredHeartRateBpm: 73 })
    const reference = prepareScreening(simulateEcg(clean).waveform, { measuredHeartRateBpm: 73 })
    expect(slow.window).toEqual({ startS: 0, durationS: 10 })
    expect(largestDifference(slow.ecg, reference.ecg)).toBeLessThan(1e-3)
  })

  it('resamples a window as if the whole recording had been resampled', () => {
    const random = gaussians(12)
    const { waveform: long } = simulateEcg({ rateHz: 1000, durationS: 30, heartRateBpm: 66 })
    const spoilt = withLeads(long, (lead) => lead.map((value, i) => (i < 6000 ? value + 0.3 * random() : value)))
    const { window, ecg } = prepareScreening(spoilt, { measuredHeartRateBpm: 66 })
    expect(window).toEqual({ startS: 6, durationS: 10 })
    const whole = LEAD_NAMES.map((name) => resamplePolyphase(spoilt.leadsMv[name], 1000, 500).slice(3000, 8000))
    expect(largestDifference(ecg, toEncoderInput(whole, 66).ecg)).toBeLessThan(1e-6)
  })
})

describe('marks', () => {
  const codes = (marks: readonly { code: string }[]): string[] => marks.map((mark) => mark.code)

  it('are none for a clean recording of ten seconds', () => expect(prepared.marks).toEqual([]))
  it('say that a recording lasts only 9.3 s, all of which is used', () => {
    const { marks, window } = prepareScreening(simulateEcg({ durationS: 9.3 }).waveform)
    expect(codes(marks)).toEqual(['quality/short-recording'])
    expect(window).toEqual({ startS: 0, durationS: 9.3 })
  })
  it('pass over two missing samples at the end', () => {
    const { marks } = prepareScreening(withLeads(waveform, (lead) => lead.subarray(0, 4998)))
    expect(marks).toEqual([])
  })
  it('say that the device’s heart rate is another', () =>
    expect(codes(prepareScreening(waveform, { measuredHeartRateBpm: 146 }).marks)).toEqual([
      'quality/heart-rate-differs',
    ]))
  it('say that a calibration pulse is inside', () => {
    const pulsed = withLeads(waveform, (lead) =>
      lead.map((value, i) => (i < 4700 ? value : i < 4800 || i > 4900 ? 0 : 1)),
    )
    expect(codes(prepareScreening(pulsed).marks)).toEqual(['quality/calibration-pulse'])
  })
})

describe('the heart rate', () => {
  it('is ours where the file states none', () => expect(prepared.heartRateBpm).toBeCloseTo(73, 0))
  it('is the device’s where it states one', () =>
    expect(prepareScreening(waveform, { measuredHeartRateBpm: 70 }).heartRateBpm).toBe(70))
  it('is ours where the device’s is a filler', () =>
    expect(prepareScreening(waveform, { measuredHeartRateBpm: 0 }).heartRateBpm).toBeCloseTo(73, 0))
})

describe('refused', () => {
  const random = gaussians(21)
  it('a recording of less than nine seconds', () =>
    expect(() => prepareScreening(simulateEcg({ durationS: 8.5 }).waveform)).toThrow(code('ecg/too-short')))
  it('an empty recording', () =>
    expect(() => prepareScreening(withLeads(waveform, () => new Float32Array(0)))).toThrow(code('ecg/too-short')))
  it('flat leads, by name', () => {
    const refused = (): unknown =>
      prepareScreening(withLeads(waveform, (lead, name) => (name.startsWith('V') ? lead.map(() => 0) : lead)))
    expect(refused).toThrow(code('quality/lead-flat'))
    expect(refused).toThrow('V1, V2, V3, V4, V5, V6')
  })
  it('a lead without a number', () =>
    expect(() =>
      prepareScreening(withLeads(waveform, (lead, name) => (name === 'aVF' ? lead.map(() => NaN) : lead))),
    ).toThrow(code('quality/lead-flat')))
  it('60 ms without samples', () =>
    expect(() =>
      prepareScreening(withLeads(waveform, (lead) => lead.map((value, i) => (i >= 900 && i < 930 ? NaN : value)))),
    ).toThrow(code('quality/gap')))
  it('microvolts taken for millivolts', () =>
    expect(() => prepareScreening(withLeads(waveform, (lead) => lead.map((value) => 1000 * value)))).toThrow(
      code('quality/units-implausible'),
    ))
  it('noise without heartbeat', () =>
    expect(() => prepareScreening(withLeads(waveform, (lead) => lead.map(() => 0.1 * random())))).toThrow(
      code('quality/no-rhythm'),
    ))
})

it('20 ms without samples change the input by little', () => {
  const torn = withLeads(waveform, (lead) => lead.map((value, i) => (i >= 1000 && i < 1010 ? NaN : value)))
  expect(largestDifference(prepareScreening(torn).ecg, prepared.ecg)).toBeLessThan(0.2)
})

const data = resolve(import.meta.dirname, '../../../../shared/data')
describe.skipIf(!existsSync(data))('real recordings', () => {
  it.each([
    ['wfdb/s0010_re.hea', 0],
    ['wfdb/HR06000.hea', 0],
    ['wfdb/E07500.hea', 0],
    ['wfdb/JS20001.hea', 0],
    ['dicom_ecg/waveform_ecg.dcm', 0],
    ['muse/braveheart_example1.xml', 0],
    ['muse/braveheart_example4.xml', 0],
    ['muse/egm_muse-sinus.xml', 0],
  ])('%s is prepared without a mark', (path, startS) => {
    const file = join(data, path)
    const companion = (name: string): Uint8Array | undefined =>
      existsSync(join(dirname(file), name)) ? readFileSync(join(dirname(file), name)) : undefined
    const recording = readRecording(readFileSync(file), file, companion)
    const { window, ecg, marks } = prepareScreening(toWaveform(recording), recording)
    expect({ window, marks }).toEqual({ window: { startS, durationS: 10 }, marks: [] })
    expect(ecg.every((value) => Math.abs(value) <= 1)).toBe(true)
  })
  it('the test signal of a simulator, whose V2 is no view between V1 and V3, is marked', () => {
    const file = join(data, 'dicom_ecg/ge_marquette_hemodynamic.dcm')
    const recording = readRecording(readFileSync(file), file, () => undefined)
    expect(prepareScreening(toWaveform(recording), recording).marks).toMatchObject([
      { code: 'quality/electrodes-interchanged' },
    ])
  })
})
