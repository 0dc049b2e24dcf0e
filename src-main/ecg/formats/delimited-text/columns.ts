import { standardLead } from '../../lead-names.ts'
import { millivoltsPer } from '../units.ts'

/** What a column is, by its name. */
export type Column =
  | { kind: 'signal'; name: string; unit: string | undefined }
  | { kind: 'time'; secondsPerUnit: number | undefined }
  | { kind: 'index' }
  /** Left out by the user; its cells are not even looked at. */
  | { kind: 'ignored' }

/** Longest name that is looked through for a unit. */
const MAX_NAME = 100

const SUFFIX_UNIT =
  /^(.+?)[\s_/,:-]+(mv|uv|\u00b5v|\u03bcv|nv|millivolts?|microvolts?|ms|msec|milliseconds?|us|s|sec|secs|seconds?)$/i
const BRACKET_UNIT = /^(.*?)\s*[([]\s*([^)\]]+?)\s*[)\]]$/
const TIME = /^(?:elapsed[ _]?)?(?:time|t|zeit|timestamp)$/i
const INDEX = /^(?:|#|n|no\.?|nr\.?|index|idx|sample|samples|sample[ _]?(?:number|no|index)|row)$/i

/** Reads a column's name, e.g. `I (mV)`, `lead_V1_uV`, `time [ms]`, `Lead I (Einthoven)`. Quotes are left out. */
export function parseColumn(cell: string): Column {
  const text = unquoted(cell)
  if (text.length > MAX_NAME) return { kind: 'signal', name: text, unit: undefined }
  if (standardLead(text)) return { kind: 'signal', name: text, unit: undefined }
  const [, name = text, unit] = BRACKET_UNIT.exec(text) ?? SUFFIX_UNIT.exec(text) ?? []
  if (INDEX.test(name)) return { kind: 'index' }
  if (TIME.test(name)) return { kind: 'time', secondsPerUnit: unit === undefined ? undefined : secondsPer(unit) }
  const ownUnit = unit === undefined ? secondsPer(name) : undefined
  if (ownUnit !== undefined) return { kind: 'time', secondsPerUnit: ownUnit }
  return { kind: 'signal', name, unit }
}

/** Whether a cell can be in a row of units: a unit of voltage or time, a time pattern, or nothing. */
export function isUnitCell(cell: string): boolean {
  const text = unbracketed(cell)
  return text === '' || millivoltsPer(text) !== undefined || secondsPer(text) !== undefined || isClockPattern(text)
}

/** The column with the unit that a row of units states below its name. */
export function withUnit(column: Column, cell: string): Column {
  const unit = unbracketed(cell)
  if (unit === '') return column
  if (column.kind === 'signal') return { ...column, unit: column.unit ?? unit }
  if (column.kind === 'time')
    return { ...column, secondsPerUnit: column.secondsPerUnit ?? (isClockPattern(unit) ? 1 : secondsPer(unit)) }
  return column
}

/** Seconds in a unit of time, or undefined. */
export function secondsPer(unit: string): number | undefined {
  return seconds.get(unit.trim().toLowerCase().replace('\u00b5', 'u').replace('\u03bc', 'u'))
}

const seconds = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
  ...['ms', 'msec', 'millisecond', 'milliseconds'].map((unit) => [unit, 1e-3] as const),
  ...['us', 'microsecond', 'microseconds'].map((unit) => [unit, 1e-6] as const),
])

export const unquoted = (cell: string): string =>
  cell
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()

const unbracketed = (cell: string): string => unquoted(cell).replace(/^[([](.*)[)\]]$/, '$1')

/** As rdsamp writes below a time column: `hh:mm:ss.mmm`. */
const isClockPattern = (text: string): boolean => /^\(?h{0,2}:?m{1,2}:ss(?:\.m{1,3})?\)?$/i.test(text)
