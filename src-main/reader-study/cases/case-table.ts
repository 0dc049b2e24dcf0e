import type { CaseProblem } from '../../../src-preload/contract/study-cases.ts'
import { parseCsv } from '../../csv/parse-csv.ts'
import { CINE_COLUMNS, type CineChoice, readCineChoice } from './cine-choice.ts'

/** One row of the truth table that comes with a folder of files. */
export interface CaseRow {
  /** As a spreadsheet counts, the header being row 1. */
  row: number
  caseId: number
  /** Path of the ECG file, relative to the table. */
  ecgFile: string
  /** Path of a cine file or of a folder with one series; empty where the study shows no real cine. */
  realCine: string
  cine: CineChoice
  truth: 0 | 1
  subtype: string | null
  stratum: string
  training: boolean
}

/** Tells what a cell says that it cannot say. */
export type Refuse<Column extends string> = (
  column: Column,
  code: string,
  message: string,
  values?: CaseProblem['values'],
) => void

const COLUMNS = [
  'case_id',
  'ecg_file',
  'real_cine',
  'truth',
  'subtype',
  'stratum',
  'training',
  ...CINE_COLUMNS,
] as const
type Column = (typeof COLUMNS)[number]

/** What a coordinator fills in. */
export const CASE_TABLE_TEMPLATE = `${COLUMNS.join(',')}
1,ecg/0001.hea,cine/0001,1,dcm,cardiomyopathy,0,,,,,,
2,ecg/0002.hea,cine/0002,0,,control,0,,xy,3,,1-25,
3,ecg/0003.hea,cine/0003.nii.gz,1,hcm,cardiomyopathy,1,,,,third,,104 96
`

/** Reads a truth table; every problem names its row and column. Rows with a problem are left out. */
export function readCaseTable(text: string): { rows: CaseRow[]; problems: CaseProblem[] } {
  const problems: CaseProblem[] = []
  const lines = parseCsv(text.replace(/^\uFEFF/, ''))
  const header = (lines[0] ?? []).map((name) => name.trim().toLowerCase())
  for (const column of COLUMNS.slice(0, 4)) {
    if (!header.includes(column))
      problems.push({
        row: 1,
        column,
        code: 'table/column-missing',
        values: { column },
        message: `The column "${column}" is missing.`,
      })
  }
  if (problems.length > 0) return { rows: [], problems }
  const rows: CaseRow[] = []
  const seen = new Map<number, number>()
  for (const [index, cells] of lines.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue
    const row = index + 1
    const own: CaseProblem[] = []
    const cell = (column: Column): string => (cells[header.indexOf(column)] ?? '').trim()
    const refuse: Refuse<Column> = (column, code, message, values = {}) =>
      void own.push({ row, column, code: `table/${code}`, values: { cell: cell(column), ...values }, message })
    const caseId = Number(cell('case_id'))
    if (!/^\d{1,6}$/.test(cell('case_id')) || caseId < 1 || caseId > 100_000)
      refuse('case_id', 'case-number', `"${cell('case_id')}" is no whole number from 1 to 100000.`)
    else if (seen.has(caseId))
      refuse('case_id', 'case-twice', `Case ${caseId} stands in row ${seen.get(caseId)} already.`, {
        case: caseId,
        row: seen.get(caseId)!,
      })
    else seen.set(caseId, row)
    if (cell('ecg_file') === '') refuse('ecg_file', 'ecg-missing', 'Every case has an ECG file.')
    for (const column of ['ecg_file', 'real_cine'] as const)
      if (!isInside(cell(column))) refuse(column, 'path-outside', 'The path must lie below the folder of this table.')
    if (cell('truth') !== '0' && cell('truth') !== '1')
      refuse('truth', 'zero-or-one', `"${cell('truth')}" is neither 0 nor 1.`)
    if (!/^[01]?$/.test(cell('training')))
      refuse('training', 'zero-or-one', `"${cell('training')}" is neither 0 nor 1.`)
    if (cell('stratum').length > 40) refuse('stratum', 'too-long', 'A stratum has at most 40 characters.', { most: 40 })
    if (cell('subtype').length > 40) refuse('subtype', 'too-long', 'A subtype has at most 40 characters.', { most: 40 })
    const cine = readCineChoice(cell, refuse)
    problems.push(...own)
    if (own.length > 0) continue
    rows.push({
      row,
      caseId,
      ecgFile: cell('ecg_file'),
      realCine: cell('real_cine'),
      cine,
      truth: cell('truth') === '1' ? 1 : 0,
      subtype: cell('subtype') || null,
      stratum: cell('stratum') || 'all',
      training: cell('training') === '1',
    })
  }
  return { rows: rows.sort((a, b) => a.caseId - b.caseId), problems }
}

/** A relative path that never climbs out of its folder. */
function isInside(path: string): boolean {
  if (/^([/\\]|[a-z]:)/i.test(path) || path.includes('\0')) return false
  return !path.split(/[/\\]/).includes('..')
}
