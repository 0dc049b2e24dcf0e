import { english } from '../report/words-en.ts'
import { fill } from '../report/fill.ts'
import type { StudyRecord } from '../bundle/study-record.ts'
import { agreementEntries, orderEntries, realOrGeneratedEntries, timeEntries } from './beside.ts'
import { curveEntries, helpedHarmedEntries } from './helped-harmed.ts'
import { studyNotes } from './notes.ts'
import { modelEntries, perReaderEntries } from './per-reader.ts'
import { pooledEntries } from './pooled.ts'
import { primaryEntry, sensitivityEntries } from './primary.ts'
import { studyData } from './ratings.ts'
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
    notes: studyNotes(data, study).map(({ code, values }) => fill(english[`note.${code}`], values)),
    counts: {
      cases: data.cases.length,
      diseased: data.truth.filter((value) => value === 1).length,
      readers: data.readers.length,
      readings: data.readings.length,
      planned: study.reads.filter((read) => !read.training).length,
    },
  }
}

/** As JSON; infinite numbers become "Infinity", undefined ones stay null. */
export function analysisText(analysis: StudyAnalysis): string {
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? (Number.isNaN(value) ? null : String(value)) : value
  return `${JSON.stringify(analysis, plain as (key: string, value: Result) => unknown, 1)}\n`
}
