import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { standardLead } from '../lead-names.ts'
import type { EcgChannel, EcgFormat, GivenAnswer } from '../recording.ts'
import { answeredOf, answeredStepMv, statedByUser, unitsStatedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { findTable, findUnnamedTable, type TableLayout } from './delimited-text/layout.ts'
import { mappedTable } from './delimited-text/mapping.ts'
import { statedRateHz, statedUnit } from './delimited-text/preface.ts'
import { rateOfTimes } from './delimited-text/rate.ts'
import { scanTable, type Table } from './delimited-text/table.ts'
import { decodeHead, decodeText, printable } from './text.ts'
import { millivoltsPer } from './units.ts'

const HINT = 'a first line such as “time (s),I (mV),II (mV),…”, or “# rate=500 unit=mV” above “I,II,…”'

/** CSV, TSV and plain text with named columns: one row for each instant. Rate and unit must be stated, never guessed. */
export const delimitedText: EcgFormat = {
  id: 'delimited-text',

  detect(head) {
    const text = decodeHead(head)
    return text !== undefined && (findTable(text) !== undefined || findUnnamedTable(text) !== undefined)
  },

  read(main, _companion, answer) {
    const text = decodeText(main)
    const layout = answer?.leads ? mappedTable(text, answer) : findTable(text)
    if (!layout) {
      throw new AppError(
        'format/columns-unnamed',
        `The table of numbers does not say which column is which lead, nor its unit and rate. Add ${HINT}.`,
      )
    }
    const stepMv = answeredStepMv(answer)
    const chosen = chooseSignals(layout, statedUnit(layout.preface), stepMv)
    const table = scanTable(text, layout)
    if (table.rowCount === 0)
      throw new AppError(
        'format/no-samples',
        'The table has column names but no rows. It may be cut off; export it again.',
      )
    const { rateHz, rateSource } = rateOf(layout, table, answer)
    const warnings: Warning[] = table.cutOff
      ? [{ code: 'format/incomplete', message: 'The last line has no line end and may be cut off; it was left out.' }]
      : []
    return assembleRecording({
      format: this.id,
      rateHz,
      channels: signalsOf(chosen, table, warnings),
      units:
        stepMv === undefined
          ? `${[...new Set(chosen.flatMap((signal) => signal.unit ?? []))].map((text) => printable(text, 20)).join(', ')} as the table states`
          : unitsStatedByUser(answer!),
      rateSource,
      leadSource: answer?.leads ? statedByUser(answer) : 'column names of the table',
      answered: answeredOf(answer, ['units', 'rate', 'leads']),
      warnings,
    })
  },
}

interface ChosenSignal {
  column: number
  name: string
  unit: string | undefined
  millivolts: number | undefined
}

/** @throws AppError `format/units-unknown` where a standard lead has no known unit */
function chooseSignals(
  { columns }: TableLayout,
  fileUnit: string | undefined,
  answeredMv: number | undefined,
): ChosenSignal[] {
  const signals = columns.flatMap((column, index) => {
    if (column.kind !== 'signal') return []
    const unit = column.unit ?? fileUnit
    const millivolts = answeredMv ?? (unit === undefined ? undefined : millivoltsPer(unit))
    return [{ column: index, name: column.name, unit, millivolts }]
  })
  const unknown = signals.filter(({ name, millivolts }) => millivolts === undefined && standardLead(name))
  if (unknown.length > 0) {
    const found = unknown[0]!.unit === undefined ? 'have no unit' : `are in “${printable(unknown[0]!.unit, 20)}”`
    throw new AppError(
      'format/units-unknown',
      `The columns ${unknown.map(({ name }) => printable(name)).join(', ')} ${found}; mV or µV must be stated. Add ${HINT}.`,
    )
  }
  return signals
}

function signalsOf(chosen: readonly ChosenSignal[], table: Table, warnings: Warning[]): EcgChannel[] {
  const voltages = chosen.filter(({ millivolts }) => millivolts !== undefined)
  const empty = voltages.filter(({ column }) => table.columns[column]!.every(Number.isNaN))
  const note = (code: string, what: string, signals: readonly ChosenSignal[]): void => {
    if (signals.length > 0)
      warnings.push({ code, message: `${what}: ${signals.map(({ name }) => printable(name)).join(', ')}.` })
  }
  note(
    'ecg/channel-skipped',
    'Without a unit of voltage, so left out',
    chosen.filter(({ millivolts }) => millivolts === undefined),
  )
  note('ecg/channel-empty', 'Without a single value, so left out', empty)
  return voltages
    .filter((signal) => !empty.includes(signal))
    .map(({ name, column, millivolts }) => ({
      name,
      samplesMv: Float32Array.from(table.columns[column]!, (value) => value * millivolts!),
      stepMv: millivolts,
    }))
}

/** @throws AppError `format/rate-unknown`, `format/rate-conflict` */
function rateOf(
  { columns, preface }: TableLayout,
  table: Table,
  answer: GivenAnswer | undefined,
): { rateHz: number; rateSource: string } {
  if (answer?.rateHz !== undefined) return { rateHz: answer.rateHz, rateSource: statedByUser(answer) }
  const stated = statedRateHz(preface)
  const timeColumn = columns.findIndex(({ kind }) => kind === 'time')
  const times = table.columns[timeColumn]
  const unit = columns[timeColumn]?.kind === 'time' ? columns[timeColumn].secondsPerUnit : undefined
  const measured = times && unit !== undefined && times.length > 1 ? rateOfTimes(times, unit) : undefined
  if (stated === undefined && measured === undefined) {
    const found = times ? 'its time column has no unit (s or ms)' : 'it has neither a time column nor a stated rate'
    throw new AppError('format/rate-unknown', `The sampling rate of the table is not known: ${found}. Add ${HINT}.`)
  }
  if (stated !== undefined && measured !== undefined && Math.abs(stated - measured) > 0.01 * stated) {
    throw new AppError(
      'format/rate-conflict',
      `The table states ${stated} Hz, but its times mean ${Number(measured.toPrecision(6))} Hz. Correct one of them.`,
    )
  }
  return stated === undefined
    ? { rateHz: measured!, rateSource: 'time column of the table' }
    : { rateHz: stated, rateSource: 'stated above the table' }
}
