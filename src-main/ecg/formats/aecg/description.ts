import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import { childAt, childrenAt, textAt, type XmlElement } from '../xml.ts'
import { isTimeAxis } from './time-axis.ts'
import { quantity } from './values.ts'

type FoundPatient = { [K in keyof FilePatient]?: FilePatient[K] | undefined }

/** The trial's subject; a subject without a name of its own is known by its id. */
export function aecgPatient(root: XmlElement): FoundPatient {
  const subject = childAt(root, 'componentOf', 'timepointEvent', 'componentOf', 'subjectAssignment', 'subject', 'trialSubject') // prettier-ignore
  if (!subject) return {}
  const person = childAt(subject, 'subjectDemographicPerson') ?? childAt(subject, 'demographicPerson')
  const id = childAt(subject, 'id')?.attributes
  const attribute = (name: string, key: string): string =>
    (person && childAt(person, name)?.attributes[key]?.trim()) || ''
  return {
    // Mindray writes the id beside the person's data, where the schema has none.
    id: id?.['extension']?.trim() || (person && textAt(person, 'PatientID')) || id?.['root']?.trim() || undefined,
    name: person && nameOf(person),
    sex: SEXES.get(attribute('administrativeGenderCode', 'code').toUpperCase()),
    birthDate: dateOf(attribute('birthTime', 'value')),
  }
}

/** Start by the time axis if it is absolute, else by the series, else by the whole ECG. */
export function aecgStartTime(
  root: XmlElement,
  series: XmlElement,
  sequences: readonly XmlElement[],
): string | undefined {
  const heads = sequences.filter(isTimeAxis).map((axis) => childAt(axis, 'value', 'head'))
  const places = [...heads, childAt(series, 'effectiveTime', 'low'), childAt(series, 'effectiveTime')]
  places.push(childAt(root, 'effectiveTime', 'low'), childAt(root, 'effectiveTime'))
  return places.map((place) => timeOf(place?.attributes['value'])).find((time) => time !== undefined)
}

export function aecgDevice(series: XmlElement): string | undefined {
  const author = childAt(series, 'author', 'seriesAuthor')
  if (!author) return undefined
  const parts = [
    textAt(author, 'manufacturerOrganization', 'name'),
    textAt(author, 'manufacturedSeriesDevice', 'manufacturerModelName'),
    textAt(author, 'manufacturedSeriesDevice', 'softwareName'),
  ]
  return parts.filter((part) => part !== undefined).join(', ') || undefined
}

/** The heart rate that the series is annotated with; AMPS writes its unit `bmp`. */
export function aecgHeartRate(series: XmlElement): number | undefined {
  const annotations = childrenAt(series, 'subjectOf', 'annotationSet', 'component', 'annotation')
  const rates = annotations.filter((each) => childAt(each, 'code')?.attributes['code'] === 'MDC_ECG_HEART_RATE')
  const { value, unit } = quantity(rates[0] && childAt(rates[0], 'value'))
  return value !== undefined && value > 0 && /^(?:bpm|bmp|1?\/min|\{beats?\}\/min)$/i.test(unit ?? '')
    ? value
    : undefined
}

function nameOf(person: XmlElement): string | undefined {
  const whole = textAt(person, 'name')
  const parts = [textAt(person, 'name', 'family'), textAt(person, 'name', 'given')].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(', ') : whole
}

/** `UN` is written by carts for a sex that was not entered. */
const SEXES = new Map<string, FilePatient['sex']>([
  ['M', 'male'],
  ['F', 'female'],
  ['UN', 'unknown'],
])

const dateOf = (text: string): string | undefined => timeOf(text)?.slice(0, 10)

/** An HL7 point in time (TS): YYYYMMDD[HHMM[SS[.S…]]][±ZZZZ]; its fraction of a second is not kept. */
function timeOf(text: string | undefined): string | undefined {
  const fields = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(?:\.\d{1,9})?)?([-+]\d\d(?::?\d\d)?)?)?$/.exec(
    (text ?? '').trim().slice(0, 40),
  )
  if (!fields) return undefined
  const [, year, month, day, hour, minute, second, zone] = fields
  const date = isoDate(Number(year), Number(month), Number(day))
  const time = hour === undefined ? undefined : isoTime(Number(hour), Number(minute), Number(second ?? 0))
  const stated = isoDateTime(date, time)
  if (stated === undefined || time === undefined || zone === undefined) return stated
  return `${stated}${zone.slice(0, 3)}:${zone.length > 3 ? zone.slice(-2) : '00'}`
}
