import { beforeAll, describe, expect, it } from 'vitest'
import type { Arm } from '../../src-preload/contract/study-protocol.ts'
import { StudyReport } from '../../src-preload/contract/study-report.ts'
import { analyse } from '../../src-main/reader-study/analysis/analyse.ts'
import type { StudyRecord } from '../../src-main/reader-study/bundle/study-record.ts'
import { studyReport } from '../../src-main/reader-study/report/study-report.ts'
import { english } from '../../src-main/reader-study/report/words-en.ts'
import { chinese } from '../../src-main/reader-study/report/words-zh.ts'
import { simulateStudy } from '../../src-main/reader-study/simulation/simulate.ts'

const options = {
  readers: 6,
  cases: 40,
  prevalence: 0.6,
  areas: new Map<Arm, number>([
    ['ecg', 0.7],
    ['ecg-real', 0.85],
    ['ecg-generated', 0.85],
  ]),
  modelAuc: 0.9,
  seed: 3,
  design: 'article' as const,
  tellAccuracy: 0.5,
  appVersion: '0.1.0',
}

describe('the report of a study', () => {
  let record: StudyRecord
  let report: StudyReport
  beforeAll(() => {
    record = simulateStudy(options)
    report = studyReport(record, 'en', '2026-03-01')
  })
  const blocks = (id: string) => report.sections.find((one) => one.id === id)!.blocks
  const text = (id: string): string => JSON.stringify(blocks(id))

  it('has every part that was asked for, and keeps the contract', () => {
    expect(StudyReport.parse(report)).toEqual(report)
    expect(report.sections.map(({ id }) => id)).toEqual(
      'design notes primary roc perReader tell sensitivityAnalyses calls model agreement calibration time order helped'.split(
        ' ',
      ),
    )
  })

  it('says the numbers of the analysis, not others', () => {
    const { primary, realOrGenerated, counts } = analyse(record)
    const [difference] = primary.results['pairwise_differences'] as { Estimate: number; df: number }[]
    expect(text('primary')).toContain(`is ${difference!.Estimate.toFixed(3).replace('-', '−')} (`)
    expect(text('primary')).toContain(`["Degrees of freedom","${difference!.df.toFixed(1)}"]`)
    const matrix = realOrGenerated[0]!.results['confusion_matrix_rows_true'] as number[][]
    expect(text('tell')).toContain(JSON.stringify(['acquired', ...matrix[0]!.map(String)]))
    expect(text('design')).toContain(`${counts.cases}, ${counts.diseased} of them diseased`)
  })

  it('draws the average and every reader’s curve, each from corner to corner', () => {
    const charts = blocks('roc').flatMap((block) => (block.kind === 'charts' ? block.charts : []))
    expect(charts.map(({ series }) => series.length)).toEqual([4, 7, 7, 7])
    for (const { series } of charts)
      for (const { points } of series) {
        expect(points[0]![0]).toBe(0)
        expect(points.at(-1)).toEqual([1, 1])
      }
  })

  it('leaves no word, arm or reader untranslated in Chinese', () => {
    const other = studyReport(record, 'zh', '2026-03-01')
    const words = JSON.stringify({ ...other, title: '' })
    for (const leftover of ['ecg-real', 'reader ', 'resident', 'associate', 'pooled', 'undefined', 'Stage', 'Area'])
      expect(words.includes(leftover), leftover).toBe(false)
    expect(Object.keys(chinese)).toEqual(Object.keys(english))
    for (const [name, said] of Object.entries(english))
      expect([...chinese[name as keyof typeof english].matchAll(/\{\w+\}/g)].map(String).sort(), name).toEqual(
        [...said.matchAll(/\{\w+\}/g)].map(String).sort(),
      )
  })

  it('says undefined, and why, where the data leave it undefined', () => {
    const oneClass = { ...record, truth: record.truth.map((one) => ({ ...one, truth: 1 as const })) }
    const { sections } = studyReport(oneClass, 'en', '2026-03-01')
    expect(JSON.stringify(sections.find((one) => one.id === 'primary'))).toMatch(/undefined\. .+\(statistics\//)
    expect(JSON.stringify(sections)).not.toMatch(/NaN|null|\[object/)
  })

  it('stands for a study with a margin, and for one without a model', () => {
    const [protocol] = record.protocols
    const primary = { ...protocol!.primary, hypothesis: 'non-inferiority' as const, margin: 0.1 }
    const truth = record.truth.map((one) => ({ ...one, modelScore: null, modelCall: null }))
    const { sections } = studyReport({ ...record, truth, protocols: [{ ...protocol!, primary }] }, 'en', '2026-03-01')
    expect(JSON.stringify(sections.find((one) => one.id === 'primary'))).toContain('not inferior')
    expect(sections.some((one) => one.id === 'model')).toBe(false)
  })
})
