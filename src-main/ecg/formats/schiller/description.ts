import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import { sexOfWord } from '../person.ts'
import { childAt, childrenAt, numberAt, textAt, type XmlElement } from '../xml.ts'

type FoundPatient = { [K in keyof FilePatient]?: FilePatient[K] | undefined }

export function schillerPatient(root: XmlElement): FoundPatient {
  const patient = childAt(root, 'patdata')
  if (!patient) return {}
  const names = [textAt(patient, 'lastname'), textAt(patient, 'firstname')]
  return {
    id: textAt(patient, 'id'),
    name: names.filter((part) => part !== undefined).join(', ') || undefined,
    sex: sexOfWord(textAt(patient, 'gender')),
    birthDate: dateOf(textAt(patient, 'birthdate')),
  }
}

/** Date YYYYMMDD and time HHMMSSmmm. */
export function schillerStartTime(root: XmlElement): string | undefined {
  const start = childAt(root, 'examdescript', 'startdatetime')
  if (!start) return undefined
  const fields = /^(\d\d)(\d\d)(\d\d)\d{0,3}$/.exec(textAt(start, 'time') ?? '')?.slice(1) ?? []
  const [hour, minute, second] = fields.map(Number)
  return isoDateTime(dateOf(textAt(start, 'date')), isoTime(hour ?? NaN, minute ?? NaN, second ?? NaN))
}

export function schillerDevice(root: XmlElement): string | undefined {
  const device = childAt(root, 'examdescript', 'aquiringdevice')
  if (!device) return undefined
  const joined = (...path: [string, string][]): string =>
    path.map(([part, field]) => textAt(device, part, field) ?? '').join(' ').trim() // prettier-ignore
  const parts = [joined(['hardware', 'vendor'], ['hardware', 'model']), joined(['software', 'model'], ['software', 'version'])] // prettier-ignore
  return parts.filter((part) => part !== '').join(', ') || undefined
}

export function schillerHeartRate(root: XmlElement): number | undefined {
  const measurements = childrenAt(root, 'eventdata', 'event', 'annotation_global')
  const rate = measurements.find((measurement) => textAt(measurement, 'name') === 'HR')
  const value = rate && numberAt(rate, 'value')
  return value !== undefined && value > 0 ? value : undefined
}

function dateOf(text: string | undefined): string | undefined {
  const [year, month, day] =
    /^(\d{4})(\d\d)(\d\d)$/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number) ?? []
  return isoDate(year ?? NaN, month ?? NaN, day ?? NaN)
}
