import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import { sexOfWord } from '../person.ts'
import { childAt, childrenAt, numberAt, textAt, type XmlElement } from '../xml.ts'

type FoundPatient = { [K in keyof FilePatient]?: FilePatient[K] | undefined }

export function philipsPatient(root: XmlElement): FoundPatient {
  const patient = childAt(root, 'patient', 'generalpatientdata')
  if (!patient) return {}
  const names = [textAt(patient, 'name', 'lastname'), textAt(patient, 'name', 'firstname')]
  return {
    id: textAt(patient, 'patientid'),
    name: names.filter((part) => part !== undefined).join(', ') || undefined,
    sex: sexOfWord(textAt(patient, 'sex')),
    birthDate: dateOf(textAt(patient, 'age', 'dateofbirth')),
    ageYears: numberAt(patient, 'age', 'years'),
  }
}

export function philipsStartTime(root: XmlElement): string | undefined {
  const at = childAt(root, 'dataacquisition')?.attributes ?? {}
  const [hour, minute, second] =
    /^(\d\d):(\d\d):(\d\d)$/
      .exec(at['time'] ?? '')
      ?.slice(1)
      .map(Number) ?? []
  return isoDateTime(dateOf(at['date']), isoTime(hour ?? NaN, minute ?? NaN, second ?? NaN))
}

export function philipsDevice(root: XmlElement): string | undefined {
  const machine = childAt(root, 'dataacquisition', 'machine')
  const model = machine?.text.trim()
  if (!model) return undefined
  const detail = machine?.attributes['detaildescription']?.trim()
  return ['Philips', model].join(' ') + (detail ? `, ${detail}` : '')
}

/** Of the interpretation's measurements, whose element is named otherwise since 1.04. */
export function philipsHeartRate(root: XmlElement): number | undefined {
  const interpretations = childrenAt(root, 'interpretations', 'interpretation')
  const rates = interpretations.map(
    (each) =>
      numberAt(each, 'globalmeasurements', 'heartrate') ?? numberAt(each, 'interpretationmeasurements', 'heartrate'),
  )
  return rates.find((rate) => rate !== undefined && rate > 0)
}

function dateOf(text: string | undefined): string | undefined {
  const [year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)$/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number) ?? []
  return isoDate(year ?? NaN, month ?? NaN, day ?? NaN)
}
