import { describe, expect, it } from 'vitest'
import { channel, readFile, SHARED, sharedAbsent } from '../files.ts'

/** Real files, their µV per count, and where their calibration pulse begins, which obeys no law. */
const FILES: [string, number, number][] = [
  ['aecg/AMPS_Example2.xml', 2.5, Infinity],
  ['cardiosoft/gopringle_b.xml', 5, Infinity],
  ['schiller/schiller.xml', 1, Infinity],
  ['philips/129DYPRG_1.03.xml', 5, 5300],
  ['philips/ZZDEMOPTONLY_1.04.xml', 5, 5300],
  ['philips/ecg_900657176_1.04_15lead.xml', 5, 5300],
]

/** The largest absolute value of a sum of leads, in µV. */
function largest(file: string, end: number, weights: Record<string, number>): number {
  const recording = readFile(SHARED, file)
  const leads = Object.entries(weights).map(([name, weight]) => ({ samples: channel(recording, name), weight }))
  const length = Math.min(end, leads[0]!.samples.length)
  const sums = Array.from({ length }, (_, t) =>
    leads.reduce((sum, { samples, weight }) => sum + weight * samples[t]!, 0),
  )
  return 1000 * Math.max(...sums.map(Math.abs))
}

describe.skipIf(sharedAbsent)('the limb leads of a real file', () => {
  it.each(FILES)('%s keep Einthoven’s law: I + III = II within a count of each', (file, count, end) =>
    expect(largest(file, end, { I: 1, II: -1, III: 1 })).toBeLessThanOrEqual(3 * count * 1.001),
  )

  it.each(FILES)('%s keep Goldberger’s law: aVR + aVL + aVF = 0 within a count of each', (file, count, end) =>
    expect(largest(file, end, { aVR: 1, aVL: 1, aVF: 1 })).toBeLessThanOrEqual(3 * count * 1.001),
  )
})
