import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import { numberField, objectField, textField, type JsonObject } from './fields.ts'

/** Patient fields of `patient`: id or mrn, name, sex, date of birth, and an age in years or as “16 mo”. */
export function jsonPatient(root: JsonObject): { [K in keyof FilePatient]?: FilePatient[K] | undefined } {
  const patient = objectField(root, 'patient')
  if (!patient) return {}
  const sex = textField(patient, ['sex', 'gender'])?.toLowerCase()
  return {
    id: textField(patient, ['id', 'mrn']),
    name: textField(patient, ['name']),
    sex: sex === 'f' || sex === 'female' ? 'female' : sex === 'm' || sex === 'male' ? 'male' : undefined,
    birthDate: timeOf(textField(patient, ['birthDate', 'dob']))?.slice(0, 10),
    ageYears: numberField(patient, ['ageYears', 'age']) ?? ageYears(textField(patient, ['age'])),
  }
}

export function jsonStartTime(root: JsonObject): string | undefined {
  return timeOf(
    textField(root, ['startTime']) ??
      textField(objectField(root, 'patient'), ['testDateTime']) ??
      textField(objectField(root, 'test'), ['acquisitionDate']),
  )
}

function timeOf(text: string | undefined): string | undefined {
  const fields = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2}))?/.exec(text ?? '')
  if (!fields) return undefined
  const [year, month, day, hour, minute, second] = fields.slice(1).map(Number)
  return isoDateTime(isoDate(year!, month!, day!), isoTime(hour!, minute!, second!))
}

function ageYears(text: string | undefined): number | undefined {
  const fields = /^(\d{1,3}(?:\.\d{1,3})?) ?(y|yr|yrs|years?|mo|months?|wk|weeks?|d|days?)?$/i.exec(text ?? '')
  if (!fields) return undefined
  const perYear = { y: 1, m: 12, w: 52.1775, d: 365.2425 }[
    (fields[2] ?? 'y')[0]!.toLowerCase() as 'y' | 'm' | 'w' | 'd'
  ]
  return Number(fields[1]) / perYear
}
