import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { ageInYears, sexOfWord } from '../person.ts'
import { numberAt, textAt, type XmlElement } from '../xml.ts'

type FoundPatient = { [K in keyof FilePatient]?: FilePatient[K] | undefined }

export function musePatient(root: XmlElement): FoundPatient {
  const field = (name: string): string | undefined => textAt(root, 'PatientDemographics', name)
  const names = [field('PatientLastName'), field('PatientFirstName')].filter((part) => part !== undefined)
  return {
    id: field('PatientID'),
    name: names.join(', ') || undefined,
    sex: sexOfWord(field('Gender')),
    birthDate: isoDate(field('DateofBirth')),
    ageYears: ageInYears(numberAt(root, 'PatientDemographics', 'PatientAge'), field('AgeUnits')),
  }
}

/** Acquisition date (month first, as MUSE writes it) and time as local ISO time. */
export function museStartTime(root: XmlElement): string | undefined {
  const date = isoDate(textAt(root, 'TestDemographics', 'AcquisitionDate'))
  const time = textAt(root, 'TestDemographics', 'AcquisitionTime')
  if (date === undefined) return undefined
  return /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(time ?? '') ? `${date}T${time}` : date
}

function isoDate(text: string | undefined): string | undefined {
  const fields = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text ?? '')
  if (!fields) return undefined
  const [, month, day, year] = fields
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
    ? `${year}-${month}-${day}`
    : undefined
}
