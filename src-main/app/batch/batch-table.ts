import { basename } from 'node:path'
import type { TableProblem } from '../../../src-preload/contract/batch.ts'
import { isoDateOf } from '../../../src-preload/contract/iso-date.ts'
import { patientProblems } from '../patient-fields.ts'
import { parseCsv } from '../../csv/parse-csv.ts'
import type { PatientFields } from '../../registry/tables/patients.ts'

/** One file of a table, and the patient whom its row names. */
export interface TableRow {
  /** As a spreadsheet counts, the header being row 1. */
  readonly row: number
  /** As it stands in the table: absolute, or relative to it. */
  readonly file: string
  readonly person: PatientFields | null
}

export interface BatchTable {
  readonly rows: TableRow[]
  readonly problems: TableProblem[]
}

const COLUMNS = ['file', 'patient_id', 'name', 'sex', 'birth_date', 'height_cm', 'weight_kg', 'ethnicity', 'contact', 'notes'] as const // prettier-ignore
type Column = (typeof COLUMNS)[number]

const CHINESE_NAMES: Readonly<Record<string, Column>> = {
  文件: 'file',
  患者编号: 'patient_id',
  姓名: 'name',
  性别: 'sex',
  出生日期: 'birth_date',
  身高: 'height_cm',
  体重: 'weight_kg',
  民族: 'ethnicity',
  联系方式: 'contact',
  备注: 'notes',
}
const COLUMN_OF: Readonly<Record<keyof PatientFields, Column>> = {
  localId: 'patient_id',
  name: 'name',
  sex: 'sex',
  birthDate: 'birth_date',
  heightCm: 'height_cm',
  weightKg: 'weight_kg',
  ethnicity: 'ethnicity',
  contact: 'contact',
  notes: 'notes',
}
const SEXES: Readonly<Record<string, PatientFields['sex']>> = { female: 'female', f: 'female', 女: 'female', male: 'male', m: 'male', 男: 'male', other: 'other', 其他: 'other', unknown: 'unknown', 未知: 'unknown', '': 'unknown' } // prettier-ignore

/** What one fills in: the header and two rows that show how. */
export const BATCH_TABLE_TEMPLATE = `\uFEFF${COLUMNS.join(',')}
recordings/0001.hea,P-0001,Example One,female,1960-02-03,162,58,,,
recordings/0002.dcm,P-0002,Example Two,male,1955-11-20,,,,,
`

/** Most rows of one table; a longer one is cut in two. */
export const MAX_ROWS = 100_000
const MOST_PROBLEMS = 200

/**
 * Reads a table of files with patient fields.
 *
 * @returns every problem with its row and column; nothing of a table with a problem is used
 */
export function readBatchTable(text: string): BatchTable {
  const lines = parseCsv(text.replace(/^\uFEFF/, ''))
  const header = lines[0]!.map(columnOf)
  const problems = headerProblems(header)
  if (problems.length > 0) return { rows: [], problems }
  const rows: TableRow[] = []
  const seen = { files: new Map<string, number>(), patients: new Map<string, TableRow>() }
  for (const [index, cells] of lines.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue
    if (rows.length === MAX_ROWS) {
      problems.push({ row: index + 1, column: '', message: `A table has at most ${MAX_ROWS} rows. Cut it in two.` })
      break
    }
    const found = readRow(header, cells, index + 1)
    problems.push(...found.problems, ...repeated(found.row, seen))
    rows.push(found.row)
    if (problems.length >= MOST_PROBLEMS) break
  }
  if (rows.length === 0 && problems.length === 0)
    problems.push({ row: 2, column: 'file', message: 'The table names no file.' })
  return problems.length > 0 ? { rows: [], problems } : { rows, problems }
}

function columnOf(name: string): string {
  const given = name.trim()
  return CHINESE_NAMES[given] ?? given.toLowerCase()
}

function headerProblems(header: readonly string[]): TableProblem[] {
  const problems: TableProblem[] = []
  const refuse = (column: string, message: string): void => void problems.push({ row: 1, column, message })
  if (!header.includes('file')) refuse('file', 'The column “file” is missing. Start from the template.')
  for (const [index, column] of header.entries()) {
    if (column === '') continue
    if (!(COLUMNS as readonly string[]).includes(column))
      refuse(column, `The column “${column}” is not known. Known are ${COLUMNS.join(', ')}.`)
    else if (header.indexOf(column) !== index) refuse(column, `The column “${column}” stands there twice.`)
  }
  return problems
}

function readRow(header: readonly string[], cells: readonly string[], row: number) {
  const problems: TableProblem[] = []
  const refuse = (column: Column, message: string): void => void problems.push({ row, column, message })
  const cell = (column: Column): string => (cells[header.indexOf(column)] ?? '').trim()
  // What is no number stays none, which no limit lets through.
  const number = (column: Column): number | null => {
    const text = cell(column).replace(/^(\d+),(\d+)$/, '$1.$2')
    return text === '' ? null : Number(text)
  }
  const file = cell('file')
  if (file === '') refuse('file', 'Every row names a file.')
  else if (/^(\\\\|\/\/)/.test(file))
    refuse('file', 'A path in the network is not opened. Copy the file to this computer.')
  else if (file.includes('\0') || basename(file) === '') refuse('file', 'This is no path of a file.')
  // Spreadsheets that keep leading zeros show them behind an apostrophe.
  const localId = cell('patient_id').replace(/^'(?=\d)/, '')
  const sex = SEXES[cell('sex').toLowerCase()]
  if (sex === undefined) refuse('sex', `“${cell('sex')}” is none of female, male, other, unknown.`)
  const birthDate = isoDateOf(cell('birth_date'))
  if (birthDate === undefined) refuse('birth_date', `“${cell('birth_date')}” is no date as 1960-02-03.`)
  const person: PatientFields = {
    localId,
    name: cell('name'),
    sex: sex ?? 'unknown',
    birthDate: birthDate ?? null,
    heightCm: number('height_cm'),
    weightKg: number('weight_kg'),
    ethnicity: cell('ethnicity') || null,
    contact: cell('contact') || null,
    notes: cell('notes') || null,
  }
  for (const { field, message } of patientProblems(person)) {
    // A row may leave out whom it is of, and the name of somebody who is known.
    if ((field === 'localId' || field === 'name') && person[field] === '') continue
    refuse(COLUMN_OF[field], message)
  }
  const said = Object.values({ ...person, localId: null })
  const saysSomething = said.some((value) => value !== null && value !== '' && value !== 'unknown')
  if (localId === '' && saysSomething) refuse('patient_id', 'A row that tells of a patient needs the patient’s ID.')
  return { row: { row, file, person: localId === '' ? null : person }, problems }
}

/** A file in two rows, and a patient of whom two rows say different things. */
function repeated(
  row: TableRow,
  seen: { files: Map<string, number>; patients: Map<string, TableRow> },
): TableProblem[] {
  const problems: TableProblem[] = []
  const before = seen.files.get(row.file)
  if (row.file !== '' && before !== undefined) {
    problems.push({ row: row.row, column: 'file', message: `This file stands in row ${before} already.` })
  }
  seen.files.set(row.file, row.row)
  if (!row.person) return problems
  const other = seen.patients.get(row.person.localId)
  if (!other) seen.patients.set(row.person.localId, row)
  else {
    for (const [column, field] of [
      ['name', 'name'],
      ['sex', 'sex'],
      ['birth_date', 'birthDate'],
    ] as const)
      // prettier-ignore
      if (other.person![field] !== row.person[field]) {
        const message = `Row ${other.row} says “${other.person![field] ?? ''}” of the same patient.`
        problems.push({ row: row.row, column, message })
      }
  }
  return problems
}
