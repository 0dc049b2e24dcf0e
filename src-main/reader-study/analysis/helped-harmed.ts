import { mean } from '../../statistics/moments.ts'
import { rocCurve } from '../../statistics/roc/curve.ts'
import { entry } from './attempt.ts'
import { callOf, confidenceOf, present, ratingsOf, type StudyData } from './ratings.ts'
import type { Entry, Result } from './result-names.ts'

/** How often the first arm of the primary analysis turned a wrong call right, and a right one wrong. */
export function helpedHarmedEntries(data: StudyData): Entry[] {
  const arms = data.protocol.primary.arms
  const calls = ratingsOf(data, arms, callOf(data.protocol))
  const count = (readers: readonly number[]): { [name: string]: Result } => {
    const table = { helped: 0, harmed: 0, both_right: 0, both_wrong: 0 }
    for (const r of readers) {
      for (const [c, truth] of data.truth.entries()) {
        const first = calls.ratings[0]![r]![c]
        const second = calls.ratings[1]![r]![c]
        if (first === null || second === null) continue
        if (first === truth) table[second === truth ? 'both_right' : 'helped'] += 1
        else table[second === truth ? 'harmed' : 'both_wrong'] += 1
      }
    }
    return table
  }
  const indices = data.readers.map((_, r) => r)
  const what = { function: 'helped_harmed', inputs: { treatments: [...arms] } }
  return [
    entry({ ...what, label: 'all readers' }, () => count(indices)),
    ...[...new Set(data.readers.map((one) => one.seniority))].map((seniority) =>
      entry({ ...what, label: seniority }, () =>
        count(indices.filter((r) => data.readers[r]!.seniority === seniority)),
      ),
    ),
    ...data.readers.map(({ readerId }, r) => entry({ ...what, label: `reader ${readerId}` }, () => count([r]))),
  ]
}

const GRID = Array.from({ length: 101 }, (_, i) => i / 100)

/**
 * ROC curves of each reader, of the model, and averaged over the readers of each arm.
 *
 * Averaged vertically: the mean sensitivity at each false-positive rate, so that the area under the average is the
 * average of the areas.
 */
export function curveEntries(data: StudyData): Entry[] {
  const scores = ratingsOf(data, data.arms, confidenceOf(data.protocol))
  const model = present(
    data.truth,
    data.cases.map((one) => one.modelScore),
  )
  const curve = (label: string, inputs: Result, truth: number[], values: number[]): Entry =>
    entry({ function: 'roc_curve', label, inputs }, () => {
      const one = rocCurve(truth, values)
      return { fpr: Array.from(one.falsePositiveRate), tpr: Array.from(one.truePositiveRate) }
    })
  const single = data.arms.flatMap((arm, a) =>
    data.readers.map(({ readerId, seniority }, r) => {
      const own = present(data.truth, scores.ratings[a]![r]!)
      return curve(`reader ${readerId}, ${arm}`, { reader: readerId, seniority, treatment: arm }, own.truth, own.values)
    }),
  )
  const averaged = data.arms.map((arm) => {
    const own = single.filter((one) => (one.inputs as { treatment: string }).treatment === arm && one.results['fpr'])
    return entry({ function: 'roc_curve', label: `average of the readers, ${arm}`, inputs: { treatment: arm } }, () => {
      if (own.length === 0) return { undefined: 'No reader has a curve under this arm.' }
      const heightsAt = (x: number): number[] =>
        own.map((one) => heightAt(one.results['fpr'] as number[], one.results['tpr'] as number[], x))
      return { fpr: GRID, tpr: GRID.map((x) => mean(heightsAt(x))) }
    })
  })
  return [
    ...averaged,
    ...single,
    ...(model.values.length > 0 ? [curve('model', { treatment: 'model' }, model.truth, model.values)] : []),
  ]
}

/** Sensitivity at a false-positive rate, on the line between the curve's points (the upper end of a vertical step). */
function heightAt(fpr: readonly number[], tpr: readonly number[], x: number): number {
  const after = fpr.findIndex((value) => value > x)
  if (after === -1) return tpr.at(-1)!
  if (after === 0) return tpr[0]!
  const share = (x - fpr[after - 1]!) / (fpr[after]! - fpr[after - 1]!)
  return tpr[after - 1]! + share * (tpr[after]! - tpr[after - 1]!)
}
