import type { StudyRecord } from '../bundle/study-record.ts'
import { agreementEntries, orderEntries, realOrGeneratedEntries, timeEntries } from './beside.ts'
import { curveEntries, helpedHarmedEntries } from './helped-harmed.ts'
import { modelEntries, perReaderEntries } from './per-reader.ts'
import { pooledEntries } from './pooled.ts'
import { primaryEntry, sensitivityEntries } from './primary.ts'
import { studyData, type StudyData } from './ratings.ts'
import type { Entry, Result } from './result-names.ts'

/** Every number of a study's report. Entries carry the names of `function` and results that R and iMRMC print. */
export interface StudyAnalysis {
  primary: Entry
  sensitivity: Entry[]
  perReader: Entry[]
  /** The model by itself and against each reader; empty where the study has no model scores. */
  model: Entry[]
  pooled: Entry[]
  realOrGenerated: Entry[]
  agreement: Entry[]
  time: Entry[]
  order: Entry[]
  helpedHarmed: Entry[]
  curves: Entry[]
  /** What a reader of the report must know about the design. */
  notes: string[]
  counts: { cases: number; diseased: number; readers: number; readings: number; planned: number }
}

/** Computes everything anew from the record of a study: same record, same numbers. */
export function analyse(study: StudyRecord): StudyAnalysis {
  const data = studyData(study)
  return {
    primary: primaryEntry(data),
    sensitivity: sensitivityEntries(data),
    perReader: perReaderEntries(data),
    model: modelEntries(data),
    pooled: pooledEntries(data),
    realOrGenerated: realOrGeneratedEntries(data),
    agreement: agreementEntries(data),
    time: timeEntries(data),
    order: orderEntries(data),
    helpedHarmed: helpedHarmedEntries(data),
    curves: curveEntries(data),
    notes: notesOf(data, study),
    counts: {
      cases: data.cases.length,
      diseased: data.truth.filter((value) => value === 1).length,
      readers: data.readers.length,
      readings: data.readings.length,
      planned: study.reads.filter((read) => !read.training).length,
    },
  }
}

function notesOf({ protocol, readings }: StudyData, study: StudyRecord): string[] {
  const notes: string[] = []
  if (protocol.template === 'article-design') {
    notes.push(
      'Every reader read the ECG alone in stage 1 and each case again, twice, in stage 2. Order is not balanced between ' +
        'stages: learning and memory of the case (carry-over) favour stage 2, whatever is shown there.',
    )
  }
  const planned = study.reads.filter((read) => !read.training).length
  if (readings.length < planned) notes.push(`${planned - readings.length} of ${planned} planned reads are missing.`)
  if (readings.some((one) => one.openedEarly)) notes.push('A stage was opened before its washout was over.')
  if (readings.some((one) => one.clockFlagged)) notes.push('A clock ran ahead during some readings.')
  return notes
}

/** As JSON; infinite numbers become "Infinity", undefined ones stay null. */
export function analysisText(analysis: StudyAnalysis): string {
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? (Number.isNaN(value) ? null : String(value)) : value
  return `${JSON.stringify(analysis, plain as (key: string, value: Result) => unknown, 1)}\n`
}
