import type { DicomDataset } from '../../../dicom/dataset.ts'
import { Tag } from '../../../dicom/tags.ts'
import { codeAt, decimalAt } from '../../../dicom/values.ts'

/**
 * The heart rate among the annotations: LOINC 8867-4, MDC 2:16016, or a meaning of heart or ventricular rate, in
 * beats per minute; else 60,000 over a mean RR interval in ms.
 */
export function heartRateOf(dataset: DicomDataset): number | undefined {
  const measured = (dataset.get(Tag.annotations)?.items ?? []).flatMap((item) => {
    const name = codeAt(item, Tag.conceptName)
    const value = decimalAt(item, Tag.numericValue)
    return name && value !== undefined && value > 0
      ? [{ name, value, unit: codeAt(item, Tag.measurementUnits)?.value }]
      : []
  })
  const rate = measured.find(
    ({ name, unit }) =>
      (name.value === '8867-4' ||
        name.value === '2:16016' ||
        /^(?:mean )?(?:heart|ventricular) rate$/i.test(name.meaning ?? '')) &&
      (unit === undefined || /\/min$|^bpm$/i.test(unit)),
  )
  if (rate) return rate.value
  const interval = measured.find(
    ({ name, unit }) => /^(?:mean )?RR interval(?: global)?$/i.test(name.meaning ?? '') && unit === 'ms',
  )
  return interval && 60_000 / interval.value
}
