import { describe, expect, it } from 'vitest'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import type { GivenAnswer } from '../../src-main/ecg/recording.ts'
import { channel, FIXTURES, readFile, SHARED, sharedAbsent } from './files.ts'

/** The laws with their weights: Einthoven, then Goldberger for each augmented lead. */
const LAWS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'I + III = II': { I: 1, II: -1, III: 1 },
  'aVR = −(I + II)/2': { aVR: 1, I: 0.5, II: 0.5 },
  'aVL = I − II/2': { aVL: 1, I: -1, II: 0.5 },
  'aVF = II − I/2': { aVF: 1, II: -1, I: 0.5 },
}
const TWELVE = [...LEAD_NAMES]

/** Files of binary formats and text, and the step in µV to which their device rounded each lead. XML has a test of its own. */
const FILES: [file: string, stepMicrovolts: number, answer?: GivenAnswer][] = [
  ['wfdb/s0010_re.hea', 0.5],
  // Carts of 4.88 or 5 µV, rounded again to whole microvolts.
  ['wfdb/HR06000.hea', 5],
  ['wfdb/JS20001.hea', 5],
  ['wfdb/E07500.hea', 5],
  ['ground_truth/muse_sinus_wfdb/muse-sinus.hea', 1, { unit: 'uV' }],
  ['ground_truth/scp_wfdb_test/test.hea', 5],
  ['dicom_ecg/waveform_ecg.dcm', 1.25],
  ['dicom_ecg/ge_marquette_hemodynamic.dcm', 1.22],
  ['scp/contec_0000050.scp', 5],
  ['edf/contec_0000050.edf', 5, { unit: 'uV', gain: 0.2 }],
  ['csv/contec_0000050.csv', 5, { unit: 'uV', gain: 0.2, rateHz: 800, leads: TWELVE }],
  ['csv/GEMagellan_J123456_10sec.txt', 1, { unit: 'uV', rateHz: 500, leads: TWELVE }],
  ['ishne/ECG_P28.01.ecg', 5],
  // Vectorised from a paper trace.
  ['json/Kawasaki_P01062_E01.json', 2.5, { unit: 'mV' }],
]

/** The largest absolute value of the weighted sum of leads, in µV. */
function largest(
  folder: string,
  file: string,
  weights: Readonly<Record<string, number>>,
  answer?: GivenAnswer,
): number {
  const recording = readFile(folder, file, answer)
  const leads = Object.entries(weights).map(([name, weight]) => ({ samples: channel(recording, name), weight }))
  let most = 0
  for (let t = 0; t < leads[0]!.samples.length; t++) {
    most = Math.max(most, Math.abs(leads.reduce((sum, { samples, weight }) => sum + weight * samples[t]!, 0)))
  }
  return most * 1000
}

/** Three leads that were each rounded by half a step, with weights of 1 at most, and one step for a second rounding. */
const bound = (step: number): number => 2.5 * step + 1e-3

describe.each(Object.entries(LAWS))('the law %s', (_law, weights) => {
  it.each(['HR06000.hea', 'JS20001.hea'])('holds in %s within its rounding', (file) =>
    expect(largest(FIXTURES, file, weights)).toBeLessThanOrEqual(bound(5)),
  )

  it.skipIf(sharedAbsent).each(FILES)('holds in the real file %s within its rounding of %d µV', (file, step, answer) =>
    expect(largest(SHARED, file, weights, answer)).toBeLessThanOrEqual(bound(step)),
  )
})
