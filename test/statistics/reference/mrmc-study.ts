import { callsOf, type Rating, type ReaderStudy } from '../../../src-main/statistics/mrmc/study.ts'
import type { Json, ReferenceCase } from './case.ts'

/** A study of a reference case with the names under which its treatments and readers appear in results. */
export interface NamedStudy {
  study: ReaderStudy
  /** `1`, `2`, … in data order, also when only some treatments are analysed. */
  treatments: string[]
  readers: string[]
  /** Labels of the U-statistic cases: `m1`, `r1`, … unless the data names them. */
  modalityLabels: string[]
  readerLabels: string[]
}

/** The ratings of the case's dataset after its `treatments`, `missing_treatment_reader_case` and `rule`. */
export function studyOf({ inputs, data }: ReferenceCase): NamedStudy {
  const ratings = (data.ratings as Rating[][][]).map((treatment) => treatment.map((row) => [...row]))
  const sizes = [ratings.length, ratings[0]!.length, ratings[0]![0]!.length]
  for (const [t, r, c] of missingCells(inputs.missing_treatment_reader_case, sizes)) ratings[t]![r]![c] = null
  const chosen = chosenTreatments(inputs.treatments, ratings.length, data)
  const study: ReaderStudy = { truth: data.truth, ratings: chosen.map((t) => ratings[t]!) }
  const rule = (inputs.call ?? inputs.rule) as string | undefined
  const isCall = rule === undefined ? undefined : callRule(rule)
  if (rule !== undefined && isCall === undefined && inputs.missing_treatment_reader_case === undefined) {
    throw new Error(`the rule "${rule}" is not understood`)
  }
  const everyReader = ratings[0]!.map((_, r) => r)
  return {
    study: isCall ? callsOf(study, isCall) : study,
    treatments: chosen.map((t) => String(t + 1)),
    readers: everyReader.map((r) => String(r + 1)),
    modalityLabels: chosen.map((t) => data.modalities?.[t] ?? `m${t + 1}`),
    readerLabels: everyReader.map((r) => data.readers?.[r] ?? `r${r + 1}`),
  }
}

/** Positions from 0; a list that has no 0 but the size of a dimension counts from 1. */
function missingCells(missing: Json, sizes: number[]): [number, number, number][] {
  if (missing === undefined || missing === null) return []
  const cells = (typeof missing[0] === 'number' ? [missing] : missing) as [number, number, number][]
  const fromOne = !cells.flat().includes(0) && cells.some((cell) => cell.some((index, k) => index === sizes[k]))
  return cells.map(([t, r, c]) => (fromOne ? [t - 1, r - 1, c - 1] : [t, r, c]))
}

/**
 * Treatments are named as in results, from 1; a 0 among them shows that they are positions, from 0. Names of the data
 * are taken as they are.
 */
function chosenTreatments(treatments: Json, count: number, data: Json): number[] {
  if (treatments === undefined || treatments === null) return Array.from({ length: count }, (_, t) => t)
  const list = (Array.isArray(treatments) ? treatments : [treatments]) as (number | string)[]
  const first = list.includes(0) ? 0 : 1
  return list.map((name) => {
    if (typeof name === 'number') return name - first
    const named = (data.modalities as string[] | undefined)?.indexOf(name) ?? -1
    return named >= 0 ? named : Number(name.replace(/^m/, '')) - 1
  })
}

/** `rating >= 3` as a function; undefined for words about something else, such as which readings are missing. */
function callRule(rule: string): ((rating: number) => boolean) | undefined {
  const match = /(?:rating|score)s?\s*(>=|≥|>|<=|≤|<)\s*(-?[\d.]+)/.exec(rule)
  if (!match) return undefined
  const cut = Number(match[2])
  const comparisons: Record<string, (x: number) => boolean> = {
    '>=': (x) => x >= cut,
    '≥': (x) => x >= cut,
    '>': (x) => x > cut,
    '<=': (x) => x <= cut,
    '≤': (x) => x <= cut,
    '<': (x) => x < cut,
  }
  return comparisons[match[1]!]
}
