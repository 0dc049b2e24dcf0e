import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { printable } from '../text.ts'
import type { PhilipsLayout } from './layout.ts'

type Layout = Pick<PhilipsLayout, 'labels' | 'sampleCount' | 'rateHz'>

/**
 * Cuts off what stands behind the samples that the document declares: a calibration segment that some devices append.
 *
 * @throws AppError `format/truncated` for a lead with fewer samples than declared
 */
export function cutToDeclared(
  counts: readonly Int16Array[],
  { labels, sampleCount }: Layout,
): { counts: Int16Array[]; warnings: Warning[] } {
  const short = counts.findIndex((samples) => samples.length < sampleCount)
  if (short >= 0) {
    throw new AppError(
      'format/truncated',
      `Lead ${printable(labels[short]!)} holds ${counts[short]!.length} samples but the file declares ${sampleCount}. Export the file again.`,
    )
  }
  const appended = Math.max(0, ...counts.map((samples) => samples.length - sampleCount))
  const warnings = appended === 0 ? [] : [
    {
      code: 'philips/appended',
      message: `The file declares ${sampleCount} samples for each lead; up to ${appended} behind them, such as a calibration segment, were cut off.`,
    },
  ] // prettier-ignore
  return { counts: counts.map((samples) => samples.subarray(0, sampleCount)), warnings }
}

/**
 * A warning where the declared samples themselves end with a calibration pulse. One and the same signal in all leads
 * cannot be an ECG: I = II = III = x and III = II − I leave only x = 0.
 */
export function markCalibration(counts: readonly Int16Array[], { labels, sampleCount, rateHz }: Layout): Warning[] {
  const limb = ['I', 'II', 'III'].every((lead) => labels.includes(lead))
  const first = counts[0]
  if (!limb || !first) return []
  let start = sampleCount
  while (start > 0 && counts.every((samples) => samples[start - 1] === first[start - 1])) start--
  const pulse = first.subarray(start).findIndex((value) => value !== 0)
  if (pulse < 0) return []
  return [
    {
      code: 'philips/calibration',
      message: `The last ${((sampleCount - start - pulse) / rateHz).toFixed(1)} s hold a calibration pulse, the same in every lead; they are no ECG.`,
    },
  ]
}
