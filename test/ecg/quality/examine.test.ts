import { describe, expect, it } from 'vitest'
import { examineEcg } from '../../../src-main/ecg/quality/examine.ts'
import { saysPaced } from '../../../src-main/ecg/quality/statements.ts'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'
import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { deriveLimbLeads } from '../../../src-main/ecg/limb-leads.ts'
import { independentLeads } from '../../../src-main/ecg/measurements/working-leads.ts'
import { correctionOf, INTERCHANGES, type Interchange } from '../../../src-preload/contract/placement.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { FIXTURES, readFile, SHARED, sharedAbsent } from '../files.ts'
import { simulateEcg } from '../measurements/simulated-ecg.ts'
import { CORRUPTIONS } from './generator/corrupt.ts'
import { interchanged } from './generator/interchange.ts'

const fixture = (file: string): EcgWaveform => toWaveform(readFile(FIXTURES, file))
const REAL = ['HR06000.hea', 'JS20001.hea', 'waveform_ecg.dcm', '129DYPRG_1.03.xml']
const { waveform: simulated } = simulateEcg({ heartRateBpm: 68 })

function withInterchange(waveform: EcgWaveform, planted: Interchange): EcgWaveform {
  const [I, II, V1, V2, V3, V4, V5, V6] = interchanged(independentLeads(waveform), planted) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array] // prettier-ignore
  return { ...waveform, leadsMv: { ...deriveLimbLeads({ I, II }), V1, V2, V3, V4, V5, V6 } }
}
const suspected = (waveform: EcgWaveform): Interchange | null => examineEcg(waveform).quality.interchange

describe('a good recording', () => {
  it.each(REAL)('%s passes, with no electrode suspected', (file) => {
    const { quality, refusal } = examineEcg(fixture(file))
    expect(refusal).toBeNull()
    expect(quality).toMatchObject({ interchange: null, paced: null })
    expect(quality.leads.every(({ verdict }) => verdict === 'pass')).toBe(true)
  })
})

describe.each(CORRUPTIONS.map((each) => [each.name, each] as const))('refused: %s', (_, { codes, apply }) => {
  it('with the reason that it has, in simulated and in real recordings', () => {
    const found = [simulated, ...REAL.map(fixture)].flatMap((waveform, k) =>
      [3 * k + 1, 3 * k + 2].map((seed) => {
        const { refusal, quality } = examineEcg(apply(waveform, seed))
        expect(quality.verdict).toBe('fail')
        return refusal?.code
      }),
    )
    expect(found.filter((code) => !codes.includes(code!))).toEqual([])
  })
})

describe('interchanged electrodes', () => {
  it('LA and RA in real recordings', () =>
    expect(REAL.map((file) => suspected(withInterchange(fixture(file), 'LA/RA')))).toEqual(REAL.map(() => 'LA/RA')))
  it.each<Interchange>(['RA/LL', 'RA/RL', 'LA/RL', 'arms/legs', 'V1/V6', 'V2/V4', 'V3/V6', 'V1-V6 reversed'])('%s in real recordings, by name in most', (planted) => {
    const found = REAL.map((file) => suspected(withInterchange(fixture(file), planted)))
    expect(found.filter((name) => name === planted).length).toBeGreaterThanOrEqual(3)
  }) // prettier-ignore
  it('carries a mark, and the record is not changed', () => {
    const planted = withInterchange(fixture('HR06000.hea'), 'LA/RA')
    const before = planted.leadsMv.I.slice()
    const { quality, marks, bridged } = examineEcg(planted)
    expect(quality.verdict).toBe('limited')
    expect(marks).toMatchObject([{ code: 'quality/electrodes-interchanged' }])
    expect(bridged[0]).toEqual(before)
  })
  it.each(INTERCHANGES.filter((each) => correctionOf(each)))(
    'viewing %s corrected gives back every lead',
    (planted) => {
      const wrong = withInterchange(simulated, planted)
      const correction = correctionOf(planted)!
      for (const name of LEAD_NAMES) {
        const [from, sign] = correction[name] ?? [name, 1]
        const error = wrong.leadsMv[from].map((value, i) => Math.abs(sign * value - simulated.leadsMv[name][i]!))
        expect(Math.max(...error), name).toBeLessThan(1e-5)
      }
    },
  )
})

describe('paced rhythm', () => {
  const wide = { qrsStretch: 1.6, pWave: false }
  it('by spikes before the QRS complexes, in the leads that show them', () => {
    const { quality } = examineEcg(simulateEcg({ ...wide, pacing: { mv: 0.8, beforeS: [0.12] } }).waveform)
    expect(quality.paced).toBe('spikes')
    expect(quality.leads.find(({ name }) => name === 'V2')).toMatchObject({ reasons: ['pacing'], verdict: 'limited' })
  })
  it('not without them', () => expect(examineEcg(simulateEcg(wide).waveform).quality.paced).toBeNull())
  it('by the device’s statement', () => {
    const interpretation = { values: {}, statements: ['Ventricular-paced rhythm'] }
    expect(examineEcg(simulated, { interpretation }).quality.paced).toBe('statement')
  })
  it.each<[string, boolean]>([
    ['Electronic ventricular pacemaker', true],
    ['AV dual-paced rhythm', true],
    ['ATRIAL PACING', true],
    ['Wandering atrial pacemaker', false],
    ['No pacemaker spikes detected', false],
    ['Normal sinus rhythm', false],
  ])('%s: %s', (statement, expected) => expect(saysPaced([statement])).toBe(expected))
  it.skipIf(sharedAbsent).each([
    ['muse/braveheart_example4.xml', 'spikes'],
    ['scp/wfdb_parsescp_test.scp', 'spikes'],
    ['muse/braveheart_example1.xml', null],
    ['philips/ZZDEMOPTONLY_1.04.xml', null],
    ['ishne/ECG_P28.01.ecg', null],
  ])('in the real %s: %s', (file, expected) =>
    expect(examineEcg(toWaveform(readFile(SHARED, file))).quality.paced).toBe(expected),
  )
})
