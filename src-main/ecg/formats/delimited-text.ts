import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { standardLead } from '../lead-names.ts'
import type { EcgChannel, EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { findTable, isUnnamedTable, type TableLayout } from './delimited-text/layout.ts'
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
    return text !== undefined && (findTable(text) !== undefined || isUnnamedTable(text))
  },

  read(main) {
    const text = decodeText(main)
    const layout = findTable(text)
    if (!layout) {
      throw new AppError(
        'format/columns-unnamed',
        `The table of numbers does not say which column is which lead, nor its unit and rate. Add ${HINT}.`,
      )
    }
    const unit = statedUnit(layout.preface)
    const chosen = chooseSignals(layout, unit)
    const table = scanTable(text, layout)
    if (table.rowCount === 0)
      throw new AppError(
        'format/no-samples',
        'The table has column names but no rows. It may be cut off; export it again.',
      )
    const rateHz = rateOf(layout, table)
    const warnings: Warning[] = table.cutOff
      ? [{ code: 'format/incomplete', message: 'The last line has no line end and may be cut off; it was left out.' }]
      : []
    return assembleRecording({
      format: this.id,
      rateHz,
      channels: signalsOf(chosen, table, warnings),
      units: `${[...new Set(chosen.flatMap((signal) => signal.unit ?? []))].map((text) => printable(text, 20)).join(', ')} as the table states`,
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
function chooseSignals({ columns }: TableLayout, fileUnit: string | undefined): ChosenSignal[] {
  const signals = columns.flatMap((column, index) => {
    if (column.kind !== 'signal') return []
    const unit = column.unit ?? fileUnit
    return [
      { column: index, name: column.name, unit, millivolts: unit === undefined ? undefined : millivoltsPer(unit) },
    ]
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
    }))
}

/** @throws AppError `format/rate-unknown`, `format/rate-conflict` */
function rateOf({ columns, preface }: TableLayout, table: Table): number {
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
  return stated ?? measured!
}
