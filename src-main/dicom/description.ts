import type { FilePatient } from '../../src-preload/contract/ecg.ts'
import type { DicomDataset } from './dataset.ts'
import { Tag } from './tags.ts'
import { characterSetOf, textAt } from './values.ts'

/** Patient fields as the file has them; a name keeps DICOM's carets between its parts. */
export function patientOf(dataset: DicomDataset): { [K in keyof FilePatient]?: FilePatient[K] | undefined } {
  const characterSet = characterSetOf(dataset)
  const sex = textAt(dataset, Tag.patientSex)
  return {
    id: textAt(dataset, Tag.patientId, characterSet),
    name: textAt(dataset, Tag.patientName, characterSet)?.replace(/[\^=]+$/, '') || undefined,
    sex: sex === undefined ? undefined : (({ F: 'female', M: 'male', O: 'other' } as const)[sex] ?? 'unknown'),
    birthDate: isoDate(textAt(dataset, Tag.patientBirthDate)),
    ageYears: ageYears(textAt(dataset, Tag.patientAge)),
  }
}

export function deviceOf(dataset: DicomDataset): string | undefined {
  const characterSet = characterSetOf(dataset)
  const parts = [Tag.manufacturer, Tag.modelName].map((tag) => textAt(dataset, tag, characterSet))
  return parts.filter((part) => part !== undefined).join(', ') || undefined
}

/** Acquisition time, or where a writer left it out the content's time, as ISO; with an offset if the file has one. */
export function startTimeOf(dataset: DicomDataset): string | undefined {
  const dateTime = /^(\d{8})(\d{2}\d{0,4}(?:\.\d{1,6})?)?([-+]\d{4})?$/.exec(
    textAt(dataset, Tag.acquisitionDateTime) ?? '',
  )
  if (dateTime) return joined(isoDate(dateTime[1]), isoTime(dateTime[2]), dateTime[3]?.replace(/(\d\d)$/, ':$1'))
  return (
    joined(isoDate(textAt(dataset, Tag.acquisitionDate)), isoTime(textAt(dataset, Tag.acquisitionTime))) ??
    joined(isoDate(textAt(dataset, Tag.contentDate)), isoTime(textAt(dataset, Tag.contentTime)))
  )
}

function joined(date: string | undefined, time: string | undefined, offset = ''): string | undefined {
  if (date === undefined) return undefined
  return time === undefined ? date : `${date}T${time}${offset}`
}

/** YYYYMMDD, or the YYYY.MM.DD of files from before 1993. */
function isoDate(text: string | undefined): string | undefined {
  const fields = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? '')
  const valid =
    fields && Number(fields[2]) >= 1 && Number(fields[2]) <= 12 && Number(fields[3]) >= 1 && Number(fields[3]) <= 31
  return valid ? `${fields[1]}-${fields[2]}-${fields[3]}` : undefined
}

/** HH, HHMM, HHMMSS or HHMMSS.FFFFFF; a time without minutes is no time of a recording. */
function isoTime(text: string | undefined): string | undefined {
  const fields = /^([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d(?:\.\d{1,6})?)?$/.exec(text ?? '')
  return fields ? `${fields[1]}:${fields[2]}:${fields[3] ?? '00'}` : undefined
}

function ageYears(text: string | undefined): number | undefined {
  const fields = /^(\d{3})([DWMY])$/.exec(text ?? '')
  if (!fields) return undefined
  return Number(fields[1]) / { D: 365.2425, W: 52.1775, M: 12, Y: 1 }[fields[2] as 'D' | 'W' | 'M' | 'Y']
}
