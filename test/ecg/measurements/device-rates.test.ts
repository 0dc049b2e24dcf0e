import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { heartRateBpm } from '../../../src-main/ecg/measurements/heart-rate.ts'
import { detectRPeaks } from '../../../src-main/ecg/measurements/r-peaks.ts'
import { recordingHeartRateBpm } from '../../../src-main/ecg/measurements/recording-heart-rate.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'

const data = resolve(import.meta.dirname, '../../../../shared/data')

function read(path: string): EcgRecording {
  const file = join(data, path)
  return readRecording(readFileSync(file), file, (name) => {
    const companion = join(dirname(file), name)
    return existsSync(companion) ? readFileSync(companion) : undefined
  })
}

describe.skipIf(!existsSync(data))('recordings with a rate from the device', () => {
  it.each([
    ['muse/braveheart_example1.xml', 48],
    ['muse/braveheart_example4.xml', 61],
    ['muse/egm_muse-sinus.xml', 90],
    ['dicom_ecg/waveform_ecg.dcm', 60_000 / 982],
    ['dicom_ecg/ge_marquette_hemodynamic.dcm', 69],
  ])('%s: %d beats/min within 3', (path, stated) => {
    const waveform = toWaveform(read(path))
    const measured = heartRateBpm(detectRPeaks(waveform), waveform.rateHz)
    expect(Math.abs(measured! - stated)).toBeLessThanOrEqual(3)
  })

  it('finds the 52 beats of s0010_re, among limb, chest and Frank leads', () => {
    const recording = read('wfdb/s0010_re.hea')
    expect(detectRPeaks(toWaveform(recording))).toHaveLength(52)
    expect(recordingHeartRateBpm(recording)).toBeCloseTo(82, 0)
  })

  it('measures a recording of two unnamed leads', () => {
    // MIT-BIH record 100 runs at about 75 beats/min; the excerpt is long enough to count.
    expect(recordingHeartRateBpm(read('wfdb/100_3chan.hea'))).toBeGreaterThan(65)
  })
})
