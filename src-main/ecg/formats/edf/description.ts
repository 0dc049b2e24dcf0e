import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import type { EdfHeader } from './header.ts'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/**
 * The patient field: in EDF+ “code sex dd-MMM-yyyy name” with `X` for what is not known and `_` for blanks; in plain
 * EDF free text, which is taken as the identity.
 */
export function patientOf({ patient }: EdfHeader): { [K in keyof FilePatient]?: FilePatient[K] | undefined } {
  const fields = /^(\S+) ([MFX]) (\d{2}-[A-Z]{3}-\d{4}|X) (\S+)/i.exec(patient)
  if (!fields) return { id: /^(?:X\s*)*$|^dd-MMM-yyyy$/.test(patient) ? undefined : patient }
  const known = (field: string): string | undefined => (/^X$/i.test(field) ? undefined : field.replaceAll('_', ' '))
  return {
    id: known(fields[1]!),
    sex: ({ M: 'male', F: 'female' } as const)[fields[2]!.toUpperCase()],
    birthDate: namedMonthDate(fields[3]!),
    name: known(fields[4]!),
  }
}

/**
 * Start of the recording. The date with two digits for the year means 1985–2084; EDF+ repeats it with four, and there
 * `Startdate X` says that the date is not known.
 */
export function startTimeOf({ recording, startDate, startTime, plus }: EdfHeader): string | undefined {
  const long = /^Startdate (\S+)/i.exec(recording)?.[1]
  if (long === 'X' && plus !== '') return undefined
  const short = /^(\d{2})\.(\d{2})\.(\d{2})$/.exec(startDate)
  const year = Number(short?.[3])
  const shortDate = short && isoDate(year + (year >= 85 ? 1900 : 2000), Number(short[2]), Number(short[1]))
  const time = /^(\d{2})[.:](\d{2})[.:](\d{2})$/.exec(startTime)
  return isoDateTime(
    (long && namedMonthDate(long)) ?? shortDate ?? undefined,
    time ? isoTime(Number(time[1]), Number(time[2]), Number(time[3])) : undefined,
  )
}

/** The equipment in an EDF+ recording field: “Startdate dd-MMM-yyyy administration-code technician equipment”. */
export function deviceOf({ recording, plus }: EdfHeader): string | undefined {
  const equipment = plus === '' ? undefined : /^Startdate \S+ \S+ \S+ (\S+)/i.exec(recording)?.[1]
  return equipment === undefined || equipment === 'X' ? undefined : equipment.replaceAll('_', ' ')
}

function namedMonthDate(text: string): string | undefined {
  const [day, month = '', year] = text.split('-')
  return isoDate(Number(year), MONTHS.indexOf(month.toUpperCase()) + 1, Number(day))
}
