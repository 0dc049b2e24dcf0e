import { AppError } from '../../../../src-preload/contract/errors.ts'
import { decodeBase64 } from '../base64.ts'
import { scaledNumbers } from '../number-list.ts'
import type { PhilipsLayout } from './layout.ts'
import { restoreResiduals } from './residuals.ts'
import { decodeXli } from './xli.ts'

/**
 * Samples of all leads in file order, in counts. Plain numbers are whole leads, one after the other; XLI holds III, aVR,
 * aVL and aVF as what is left of them when they are derived from I and II.
 *
 * @throws AppError `format/malformed`, `format/truncated`, `format/unsupported`, `format/too-large`
 */
export function philipsSamples(layout: PhilipsLayout): Int16Array[] {
  const { labels, sampleCount, storage, data } = layout
  if (storage === 'xli') {
    const bytes = decodeBase64(data, 'the Philips file')
    return restoreResiduals(labels, decodeXli(bytes, labels.length, sampleCount))
  }
  const numbers = scaledNumbers(data, 'blank', 'the Philips file')
  const perLead = numbers.length / labels.length
  if (!Number.isInteger(perLead) || numbers.some((value) => value !== (value << 16) >> 16)) {
    throw new AppError(
      'format/malformed',
      `The Philips file holds ${numbers.length} plain numbers for ${labels.length} leads; whole 16-bit numbers, as many for each lead, are read.`,
    )
  }
  return labels.map((_, lead) => Int16Array.from(numbers.subarray(lead * perLead, (lead + 1) * perLead)))
}
