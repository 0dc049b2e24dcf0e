import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import { ageInYears, sexOfWord } from '../person.ts'
import { childAt, numberAt, textAt, type XmlElement } from '../xml.ts'

type FoundPatient = { [K in keyof FilePatient]?: FilePatient[K] | undefined }

export function cardiosoftPatient(root: XmlElement): FoundPatient {
  const info = childAt(root, 'PatientInfo')
  if (!info) return {}
  const names = [textAt(info, 'Name', 'FamilyName'), textAt(info, 'Name', 'GivenName')]
  return {
    id: textAt(info, 'PID'),
    name: names.filter((part) => part !== undefined).join(', ') || undefined,
    sex: sexOfWord(textAt(info, 'Gender')),
    birthDate: dateOf(childAt(info, 'BirthDateTime')),
    ageYears: ageInYears(numberAt(info, 'Age'), childAt(info, 'Age')?.attributes['units']),
  }
}

export function cardiosoftStartTime(root: XmlElement): string | undefined {
  const at = childAt(root, 'ObservationDateTime')
  if (!at) return undefined
  const [hour, minute, second] = [numberAt(at, 'Hour'), numberAt(at, 'Minute'), numberAt(at, 'Second') ?? 0]
  return isoDateTime(dateOf(at), isoTime(hour ?? NaN, minute ?? NaN, second))
}

export function cardiosoftDevice(root: XmlElement): string | undefined {
  const device = childAt(root, 'ClinicalInfo', 'DeviceInfo')
  if (!device) return undefined
  const parts = [textAt(device, 'Desc'), textAt(device, 'SoftwareVer'), textAt(device, 'AnalysisVer')]
  return ['GE CardioSoft', ...parts.filter((part) => part !== undefined)].join(', ')
}

function dateOf(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined
  const [year, month, day] = ['Year', 'Month', 'Day'].map((name) => numberAt(element, name) ?? NaN)
  return isoDate(year!, month!, day!)
}
