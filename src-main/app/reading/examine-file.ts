import { createHash } from 'node:crypto'
import { NO_LEAD } from '../../../src-preload/contract/constants.ts'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { FileExamination, TablePlace } from '../../../src-preload/contract/reading.ts'
import { examineTable } from '../../ecg/formats/delimited-text/examine.ts'
import { decodeText } from '../../ecg/formats/text.ts'
import { standardLead } from '../../ecg/lead-names.ts'
import { formatOf, readRecording } from '../../ecg/read-recording.ts'
import type { Companion, EcgRecording, GivenAnswer } from '../../ecg/recording.ts'
import type { NamedBytes } from './open-file.ts'

/** A file's examination but for what the parent alone knows. */
export type ExaminedFile = Omit<FileExamination, 'remembered'>
type Found = Omit<ExaminedFile, 'leads'>

/** Lead counts that are tried for an array that names none: the customary ones. */
const LEAD_COUNTS = [12, 8, 15, 3, 6, 2, 1]
/** A unit and a rate that let a file be read that states none; only its shape is looked at. */
const ANY_SCALE: GivenAnswer = { unit: 'mV', rateHz: 500 }

/**
 * What is known of a file, and what must be asked about it.
 *
 * @param place  where the numbers of a table are looked for; found by itself where absent
 * @throws AppError where the file is of no known format
 */
export function examineFile(main: NamedBytes, companion: Companion, place?: TablePlace): ExaminedFile {
  const found = examine(main, companion, place)
  return { ...found, leads: found.columns.map((name) => standardLead(name)?.lead ?? NO_LEAD) }
}

function examine(main: NamedBytes, companion: Companion, place: TablePlace | undefined): Found {
  const format = formatOf(main.bytes, main.name).id
  const refusal = refusalOf(() => readRecording(main.bytes, main.name, companion))
  if (format === 'delimited-text') {
    const { columns, rateHz, table, header } = examineTable(decodeText(main.bytes), place)
    return { format, refusal, columns, rateHz, table, header: header && hashOf([format, refusal?.code, header]) }
  }
  const recording = readSomehow(main, companion)
  const columns = recording?.channels.map(({ name }) => name) ?? []
  const stated = refusal?.code === 'format/rate-unknown' || format === 'numpy' ? null : (recording?.rateHz ?? null)
  return {
    format,
    refusal,
    columns,
    rateHz: stated,
    table: null,
    // The sentence of a refusal tells the header's own unit, range or gain.
    header: refusal && format !== 'numpy' ? hashOf([format, refusal.code, refusal.message, columns, stated]) : null,
  }
}

function readSomehow(main: NamedBytes, companion: Companion): EcgRecording | undefined {
  const anonymous = LEAD_COUNTS.map((count) => Array.from({ length: count }, (_, index) => `channel ${index + 1}`))
  const attempts: GivenAnswer[] = [
    {},
    { unit: 'mV' },
    ANY_SCALE,
    ...anonymous.map((leads) => ({ ...ANY_SCALE, leads })),
  ]
  for (const answer of attempts) {
    try {
      return readRecording(main.bytes, main.name, companion, answer)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return undefined
}

function refusalOf(run: () => unknown): ErrorReply | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof AppError) return error.toReply()
    throw error
  }
}

const hashOf = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
