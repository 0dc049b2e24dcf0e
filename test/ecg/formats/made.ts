import { join } from 'node:path'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, FIXTURES } from '../files.ts'

/** Files that `test/fixtures/make-arrays-and-edf.py` wrote with SciPy, NumPy and pyEDFlib. */
export const MADE = join(FIXTURES, 'made')
export const MADE_SAMPLES = 60
export const MADE_RATE_HZ = 20

/** The integers that every such file holds. */
export const madeSteps = (lead: number): number[] =>
  Array.from({ length: MADE_SAMPLES }, (_, t) => (((t + 1) * (lead + 3) * 7) % 401) - 200)

/** All samples in whole µV, lead by lead in the canonical order. */
export const wholeMicrovolts = (recording: EcgRecording): number[][] =>
  LEAD_NAMES.map((lead) => [...channel(recording, lead)].map((v) => Math.round(v * 1000)))

/** What they must be where one step is so many µV. */
export const madeMicrovolts = (microvoltsPerStep: number): number[][] =>
  LEAD_NAMES.map((_, lead) => madeSteps(lead).map((step) => step * microvoltsPerStep))
