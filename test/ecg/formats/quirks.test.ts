import { describe, expect, it } from 'vitest'
import { channel, refusalCode } from '../files.ts'
import { codes, plain, readScp } from './scp-sample.ts'
import { writeScp } from './scp-writer.ts'

/**
 * Faults of real devices in files of our own making, where the real file may not be copied here. Those of other formats
 * stand with them: Contec's EDF and MUSE's WFDB in answers.test.ts, Philips' calibration pulse in philips.test.ts, the
 * cut-off Holter in ishne.test.ts.
 */
describe('an SCP-ECG file of a Contec cart', () => {
  // 65,534 bytes are what its 16-bit length fields can say of 80,000.
  const [declared, stored] = [40_000, 32_767]
  const samples = Array.from({ length: stored }, (_, t) => (t % 200) - 100)
  const file = writeScp({
    leads: [[1, 1, declared], [2, 1, declared]], // prettier-ignore
    tables: 'none',
    rhythm: { encoding: 0, intervalUs: 1250, leads: [samples, samples.map((value) => -value)] },
  })

  it('whose lengths were clipped is read as far as it was stored, and says so', () => {
    const recording = readScp(file)
    expect(codes(recording)).toContain('scp/length-clipped')
    expect(recording.channels.map(({ samplesMv }) => samplesMv.length)).toEqual([stored, stored])
    expect(channel(recording, 'II')[1]).toBeCloseTo(-channel(recording, 'I')[1]!, 9)
  })
})

describe('a file that calls itself SCP-ECG and does not follow it, as of a Heal Force handheld', () => {
  const POINTER_OF_SECTION_1 = 6 + 16 + 10

  it.each([
    ['whose section is elsewhere', 6, 2],
    ['whose section is longer than its table says', 2, -2],
  ])('%s is refused cleanly', (_what, field, by) => {
    const file = writeScp(plain)
    const at = POINTER_OF_SECTION_1 + field
    file.writeUInt32LE(file.readUInt32LE(at) + by, at)
    expect(refusalCode(() => readScp(file))).toBe('format/noncompliant')
  })
})
