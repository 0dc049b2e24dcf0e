import type { Measure } from '../../../../src-preload/contract/measurements.ts'
import type { DicomDataset } from '../../../dicom/dataset.ts'
import { Tag } from '../../../dicom/tags.ts'
import { characterSetOf, codeAt, decimalAt, textAt } from '../../../dicom/values.ts'
import type { FoundInterpretation } from '../interpretation.ts'

/** Meanings of the annotations' names, as writers spell them, with and without "Global". */
const MEANINGS: readonly [RegExp, Measure, 'ms' | 'deg'][] = [
  [/^(?:mean )?RR interval/i, 'rrMs', 'ms'],
  [/^P duration/i, 'pMs', 'ms'],
  [/^P[RQ] interval/i, 'prMs', 'ms'],
  [/^QRS duration/i, 'qrsMs', 'ms'],
  [/^QT interval/i, 'qtMs', 'ms'],
  [/^QTc interval/i, 'qtcBazettMs', 'ms'],
  [/^P axis/i, 'pAxisDegrees', 'deg'],
  [/^QRS axis/i, 'qrsAxisDegrees', 'deg'],
  [/^T axis/i, 'tAxisDegrees', 'deg'],
]

/** Measurements and free text among the waveform annotations. A QTc of no stated formula counts as Bazett's. */
export function interpretationOf(dataset: DicomDataset): FoundInterpretation {
  const values: FoundInterpretation['values'] = {}
  const statements: string[] = []
  const characterSet = characterSetOf(dataset)
  for (const item of dataset.get(Tag.annotations)?.items ?? []) {
    const text = textAt(item, Tag.unformattedText, characterSet)
    if (text !== undefined) statements.push(text)
    const meaning = codeAt(item, Tag.conceptName)?.meaning
    const value = decimalAt(item, Tag.numericValue)
    if (meaning === undefined || value === undefined) continue
    const unit = codeAt(item, Tag.measurementUnits)?.value
    const known = MEANINGS.find(
      ([pattern, , expected]) => pattern.test(meaning) && (unit === undefined || unit === expected),
    )
    if (known) values[known[1]] ??= value
  }
  return { values, statements }
}
