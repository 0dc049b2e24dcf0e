import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'
import { channel, readFile, refusalCode, SHARED, sharedAbsent } from '../files.ts'
import { codes, readScp, steps } from './scp-sample.ts'

describe.skipIf(sharedAbsent)('the SCP-ECG files beside the repository', () => {
  const folder = join(SHARED, 'scp')
  const truth = (): Map<string, number[]> => {
    const path = join(SHARED, 'ground_truth/scp_wfdb_test/test.dat')
    const stored = new Int16Array(Uint8Array.from(readFileSync(path)).buffer)
    const names = 'I II III aVR aVF aVL V1 V2 V3 V4 V5 V6'.split(' ')
    return new Map(names.map((name, lead) => [name, [...stored.filter((_, at) => at % 12 === lead)]]))
  }
  /** Where section 4 takes the reference beat off, from 0; the other decoder smooths from two samples behind each on. */
  const beats = [[108, 456], [972, 1320], [2294, 2642], [3706, 4054]] as const // prettier-ignore
  const isBeat = (t: number): boolean => beats.some(([first, last]) => t >= first && t <= last + 2)

  it('tells who, when and with what', () => {
    expect(readFile(folder, 'wfdb_parsescp_test.scp')).toMatchObject({
      format: 'scp-ecg',
      rateHz: 500,
      device: 'PLUSI',
      units: 'amplitude multiplier 20000 nV/unit in section 6',
      patient: { ageYears: 49, sex: 'male' },
      warnings: [],
    })
  })

  it('with reference beats is in these the same as WFDB’s own decoder finds, to the step', () => {
    const waveform = toWaveform(readFile(folder, 'wfdb_parsescp_test.scp'))
    for (const lead of ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const) {
      const ours = steps(waveform.leadsMv[lead])
      const theirs = truth().get(lead)!
      expect(ours.length).toBe(5000)
      for (const [first, last] of beats) expect(ours.slice(first, last + 1)).toEqual(theirs.slice(first, last + 1))
    }
  })

  it('differs elsewhere only by the other decoder’s mean over three samples, which we do not take', () => {
    const recording = readFile(folder, 'wfdb_parsescp_test.scp')
    for (const lead of ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']) {
      const ours = steps(channel(recording, lead))
      const theirs = truth().get(lead)!
      const mean = (t: number): number => (ours[t - 1]! + ours[t]! + ours[t + 1]!) / 3
      const smoothed = ours.flatMap((_, t) => {
        if (t === 0 || t === 4999 || isBeat(t - 1) || isBeat(t) || isBeat(t + 1)) return []
        return [{ t, value: Math.sign(mean(t)) * Math.ceil(Math.abs(mean(t)) - 1e-9) }]
      })
      expect(smoothed.length).toBeGreaterThan(3500)
      expect(smoothed.filter(({ t, value }) => value !== theirs[t]).map(({ t }) => t)).toEqual([])
    }
  })

  it('derives the limb leads that the other decoder lists, within its smoothing and rounding', () => {
    const { leadsMv, derivedLeads } = toWaveform(readFile(folder, 'wfdb_parsescp_test.scp'))
    expect(derivedLeads).toEqual(['III', 'aVR', 'aVL', 'aVF'])
    for (const lead of ['III', 'aVR', 'aVL', 'aVF'] as const) {
      const theirs = truth().get(lead)!
      const ours = steps(leadsMv[lead], 1)
      let worst = 0
      for (const [first, last] of beats) {
        for (let t = first; t <= last; t++) worst = Math.max(worst, Math.abs(ours[t]! - 5 * theirs[t]!))
      }
      expect(worst, lead).toBeLessThanOrEqual(5)
    }
  })

  it('whose 16-bit lengths were clipped is read as far as it was stored, like the same recording as text', () => {
    const recording = readFile(folder, 'contec_0000050.scp')
    expect(recording).toMatchObject({ rateHz: 800, device: 'ECG90', startTime: '2020-11-16T21:44:39' })
    expect(recording.channels.map(({ name }) => name)).toEqual('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' '))
    expect(codes(recording)).toEqual(['scp/length-clipped'])
    const rows = readFileSync(join(SHARED, 'csv/contec_0000050.csv'), 'latin1').split(/\r?\n/)
    const numbers = rows.map((row) => row.split(/[,;\t]/).map((cell) => cell.trim())).filter((row) => row.slice(0, 6).every((cell) => /^-?\d+$/.test(cell))) // prettier-ignore
    expect(numbers.length).toBe(37_855)
    for (const [column, lead] of ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'].entries()) {
      const ours = steps(channel(recording, lead))
      expect(ours.length).toBe(32_767)
      expect(ours).toEqual(numbers.slice(0, 32_767).map((row) => Number(row[column])))
    }
  })

  it('that does not follow the standard is refused', () => {
    expect(refusalCode(() => readFile(folder, 'noncompliant_healforce_62.scp'))).toBe('format/noncompliant')
  })

  it.each(['wfdb_parsescp_test.scp', 'noncompliant_healforce_62.scp'])('%s cut off is refused or marked', (name) => {
    const whole = readFileSync(join(folder, name))
    for (let length = 1; length < whole.length; length += 149) {
      let answer: string[] = []
      const code = refusalCode(() => (answer = codes(readScp(whole.subarray(0, length)))))
      if (code === 'accepted') expect(answer, `at ${length}`).toContain('format/incomplete')
      else expect(code, `at ${length}`).toMatch(/^(?:format|ecg)\//)
    }
  })
})
