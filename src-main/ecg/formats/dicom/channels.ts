import { AppError } from '../../../../src-preload/contract/errors.ts'
import { standardLead, standardLeadOfScpNumber } from '../../lead-names.ts'
import { printable } from '../text.ts'
import { millivoltsPer } from '../units.ts'
import type { DicomDataset } from '../../../dicom/dataset.ts'
import { Tag } from '../../../dicom/tags.ts'
import { codeAt, decimalAt, textAt, unsignedAt } from '../../../dicom/values.ts'

/** What a channel definition says (PS3.3 table C.10-9): mV = (stored × scale) + offset. */
export interface DicomChannel {
  name: string
  /** Undefined where the channel is no voltage. */
  millivoltsPerUnit: number | undefined
  offsetMv: number
  bitsStored: number
  /** How the units stand in the file, e.g. "1.25 uV". */
  unitText: string
  skewS: number
  skewSamples: number
}

/** @throws AppError `format/lead-conflict`, `format/units-unknown` */
export function channelOf(
  definition: DicomDataset,
  index: number,
  bitsAllocated: number,
  littleEndian: boolean,
): DicomChannel {
  const name = channelName(definition, index)
  const unit = codeAt(definition, Tag.sensitivityUnits)
  const millivolts = millivoltsPer(unit?.value ?? '') ?? millivoltsPer(unit?.meaning ?? '')
  const sensitivity = decimalAt(definition, Tag.sensitivity)
  if ((millivolts === undefined || !sensitivity) && standardLead(name)) {
    const found = `${sensitivity ?? 'none'} ${printable(unit?.value ?? 'without a unit')}`
    throw new AppError(
      'format/units-unknown',
      `Lead ${printable(name)} of the DICOM file has the sensitivity ${found}. Export it with its sensitivity in µV or mV.`,
    )
  }
  const usable = millivolts !== undefined && sensitivity
  return {
    name,
    millivoltsPerUnit: usable
      ? sensitivity * (decimalAt(definition, Tag.sensitivityCorrection) ?? 1) * millivolts
      : undefined,
    offsetMv: (decimalAt(definition, Tag.baseline) ?? 0) * (millivolts ?? 0),
    bitsStored: Math.min(unsignedAt(definition, Tag.bitsStored, littleEndian) || bitsAllocated, bitsAllocated),
    unitText: `${sensitivity ?? '?'} ${printable(unit?.value ?? unit?.meaning ?? '?', 20)}`,
    skewS: decimalAt(definition, Tag.timeSkew) ?? 0,
    skewSamples: decimalAt(definition, Tag.sampleSkew) ?? 0,
  }
}

/**
 * The lead by its code (SCP-ECG `5.6.3-9-N`, MDC `2:N`: one numbering) or else by the code's meaning or the label. A
 * code and a meaning that name two different leads are refused: one of them is wrong, and nothing tells which.
 */
function channelName(definition: DicomDataset, index: number): string {
  const code = codeAt(definition, Tag.channelSource)
  const number = /^(?:5\.6\.3-9-|2:)(\d{1,5})$/.exec(code?.value ?? '')?.[1]
  const byCode = number === undefined ? undefined : standardLeadOfScpNumber(Number(number))
  const label = textAt(definition, Tag.channelLabel)
  const words = [code?.meaning, label].filter((text) => text !== undefined)
  const byWords = words.flatMap((text) => standardLead(text) ?? [])
  const conflict = byCode && byWords.find(({ lead, inverted }) => lead !== byCode || inverted)
  if (conflict) {
    throw new AppError(
      'format/lead-conflict',
      `Channel ${index + 1} of the DICOM file is ${byCode} by its code and ${conflict.inverted ? '−' : ''}${conflict.lead} by its name. Export it again.`,
    )
  }
  if (byCode) return byCode
  return words.find((text) => standardLead(text)) ?? words[0] ?? code?.value ?? `channel ${index + 1}`
}
