import { AppError } from '../../../../src-preload/contract/errors.ts'
import { standardLeadOfScpNumber } from '../../lead-names.ts'
import { checkSampleCount } from '../limits.ts'
import type { ScpSection } from './sections.ts'

export interface ScpLead {
  name: string
  /** Number of the first sample, counted from 1. */
  start: number
  sampleCount: number
}

/**
 * Leads of section 3 in the order in which sections 5 and 6 store them.
 *
 * @throws AppError `format/no-signals`, `format/malformed`, `format/too-large`, `format/truncated`
 */
export function scpLeads({ data }: ScpSection): { leads: ScpLead[]; beatSubtracted: boolean } {
  const count = data.u8(0)
  if (count === 0) throw new AppError('format/no-signals', 'The SCP-ECG file defines no leads.')
  const leads = Array.from({ length: count }, (_, index) => {
    const at = 2 + 9 * index
    const [start, end, number] = [data.u32(at), data.u32(at + 4), data.u8(at + 8)]
    const name = standardLeadOfScpNumber(number) ?? OTHER_LEADS.get(number) ?? `SCP lead ${number}`
    if (start < 1 || end < start) {
      throw new AppError(
        'format/malformed',
        `The SCP-ECG file lets lead ${name} reach from sample ${start} to ${end}. Export the recording again.`,
      )
    }
    return { name, start, sampleCount: end - start + 1 }
  })
  const first = Math.min(...leads.map(({ start }) => start))
  const span = Math.max(...leads.map(({ start, sampleCount }) => start + sampleCount)) - first
  checkSampleCount(count, span)
  // No file that keeps to 16-bit lengths can hold more, so that a small file cannot claim much memory.
  if (span > MAX_SAMPLES_PER_LEAD || span * count > MAX_SAMPLES) {
    throw new AppError(
      'format/too-large',
      `The SCP-ECG file declares ${count} leads over ${span} samples; at most ${MAX_SAMPLES} samples are read.`,
    )
  }
  return { leads, beatSubtracted: (data.u8(1) & 1) === 1 }
}

/** A lead has 65535 bytes at most, and a sample one bit at least. */
const MAX_SAMPLES_PER_LEAD = 65535 * 8
const MAX_SAMPLES = 2 ** 23

/** EN 1064 table 5, those that are none of the twelve and found in files. */
const OTHER_LEADS = new Map([
  [9, 'V7'],
  [10, 'V2R'],
  [11, 'V3R'],
  [12, 'V4R'],
  [13, 'V5R'],
  [14, 'V6R'],
  [15, 'V7R'],
  [16, 'X'],
  [17, 'Y'],
  [18, 'Z'],
  [65, '-aVR'],
  [66, 'V8'],
  [67, 'V9'],
])
