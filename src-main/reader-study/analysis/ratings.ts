import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { Rating, ReaderStudy } from '../../statistics/mrmc/study.ts'
import {
  countedTruth,
  currentProtocol,
  diagnosticArms,
  readingsOf,
  type CaseTruth,
  type Reading,
  type StudyRecord,
} from '../bundle/study-record.ts'

/** A closed study as the statistics take it. */
export interface StudyData {
  protocol: StudyProtocol
  cases: CaseTruth[]
  truth: number[]
  arms: Arm[]
  readers: { readerId: number; seniority: string }[]
  readings: Reading[]
}

export function studyData(study: StudyRecord): StudyData {
  const protocol = currentProtocol(study)
  const cases = countedTruth(study)
  return {
    protocol,
    cases,
    truth: cases.map((one) => one.truth),
    arms: diagnosticArms(protocol),
    readers: protocol.readers,
    readings: readingsOf(study),
  }
}

/** A reading as a number: a confidence of 0 to 100, or a call of 0 or 1. */
export type Measure = (reading: Reading) => Rating

export const confidenceOf =
  ({ primary }: StudyProtocol): Measure =>
  ({ answers }) => {
    const value = answers[primary.question]
    return typeof value === 'number' ? value : null
  }

/** The yes/no answer; without such a question a confidence of 50 or more counts as yes. */
export const callOf =
  ({ primary }: StudyProtocol): Measure =>
  ({ answers }) => {
    if (primary.callQuestion !== null) {
      const call = answers[primary.callQuestion]
      return call === 'yes' ? 1 : call === 'no' ? 0 : null
    }
    const value = answers[primary.question]
    return typeof value === 'number' ? (value >= 50 ? 1 : 0) : null
  }

/** `[arm][reader][case]`; null where the read was not made or not answered. */
export function ratingsOf(
  data: StudyData,
  arms: readonly Arm[],
  measure: Measure,
  keep: (reading: Reading) => boolean = () => true,
  readers: readonly { readerId: number }[] = data.readers,
): ReaderStudy {
  const cells = new Map<string, Rating>()
  for (const reading of data.readings) {
    if (reading.stageKind !== 'diagnostic' || !keep(reading)) continue
    cells.set(`${reading.arm}/${reading.readerId}/${reading.caseId}`, measure(reading))
  }
  return {
    truth: data.truth,
    ratings: arms.map((arm) =>
      readers.map(({ readerId }) => data.cases.map(({ caseId }) => cells.get(`${arm}/${readerId}/${caseId}`) ?? null)),
    ),
  }
}

/** Pairs of truth and value of one reader under one arm, without missing readings. */
export function present(truth: readonly number[], row: ArrayLike<Rating>): { truth: number[]; values: number[] } {
  const kept = truth.flatMap((value, i) => (row[i] === null ? [] : [[value, row[i]!] as const]))
  return { truth: kept.map(([value]) => value), values: kept.map(([, value]) => value) }
}
