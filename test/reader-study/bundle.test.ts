import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Arm } from '../../src-preload/contract/study-protocol.ts'
import { analyse, analysisText } from '../../src-main/reader-study/analysis/analyse.ts'
import {
  type BundleFiles,
  bundleFiles,
  checksums,
  readBundle,
} from '../../src-main/reader-study/bundle/bundle-files.ts'
import { csvTable } from '../../src-main/reader-study/bundle/csv.ts'
import { readImrmc } from '../../src-main/reader-study/bundle/imrmc.ts'
import type { StudyRecord } from '../../src-main/reader-study/bundle/study-record.ts'
import { verifyBundle } from '../../src-main/reader-study/bundle/verify.ts'
import { simulateStudy } from '../../src-main/reader-study/simulation/simulate.ts'
import { commit } from '../../src-main/reader-study/protocol/lock.ts'
import { appendEntry, type LogEntry, makeReaderKeys } from '../../src-main/reader-study/reading/log.ts'
import { hashOf } from '../../src-main/reader-study/protocol/canonical-json.ts'
import { auc } from '../../src-main/statistics/roc/auc.ts'

const options = {
  readers: 6,
  cases: 60,
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

describe('the bundle of a simulated study', () => {
  let record: StudyRecord
  let files: BundleFiles
  beforeAll(() => {
    record = simulateStudy(options)
    files = bundleFiles(record)
  })
  const text = (name: string): string => Buffer.from(files.get(name)!).toString()

  it('verifies, and its numbers come out again bit by bit', () => {
    expect(verifyBundle(files).filter((check) => !check.ok)).toEqual([])
    expect(analysisText(analyse(readBundle(files)))).toBe(text('analysis.json'))
  })

  it('gives iMRMC its header, its truth and one score a read', () => {
    const data = readImrmc(text('study.imrmc'))
    expect(data.truth.size).toBe(60)
    expect(data.scores).toHaveLength(6 * 60 * 3)
    expect(text('study.imrmc').split('\n').slice(1, 6)).toEqual(['NR: 6', 'N0: 24', 'N1: 36', 'NM: 3', 'BEGIN DATA:'])
  })

  it('gives the areas of its own report when they are computed from the iMRMC file alone', () => {
    const data = readImrmc(text('study.imrmc'))
    const cells = analyse(record).primary.results['metric_by_treatment_reader'] as {
      treatment: string
      reader: string
      value: number
    }[]
    expect(cells).toHaveLength(12)
    for (const { treatment, reader, value } of cells) {
      const own = data.scores.filter((one) => one.modality === treatment && one.reader === reader)
      const truth = own.map((one) => data.truth.get(one.case)!)
      expect(
        auc(
          truth,
          own.map((one) => one.score),
        ),
      ).toBeCloseTo(value, 12)
    }
  })

  /** The smallest change of one file, its checksums written anew: what an editor with a hash tool would do. */
  const tampered = (name: string, change: (content: string) => string): string[] => {
    const copy: BundleFiles = new Map(files)
    copy.set(name, Buffer.from(change(text(name))))
    copy.set('SHA256SUMS', Buffer.from(checksums(copy)))
    return verifyBundle(copy)
      .filter((check) => !check.ok)
      .map((check) => check.name)
  }
  it.each([
    ['log.jsonl', (content: string) => content.replace('"confidence":', '"confidence":1'), 'signed logs'],
    ['log.jsonl', (content: string) => content.split('\n').toSpliced(5, 1).join('\n'), 'signed logs'],
    ['truth.json', (content: string) => content.replace('"truth": 1', '"truth": 0'), 'allocation'],
    ['reads.json', (content: string) => content.replace('"arm": "ecg-real"', '"arm": "ecg-generated"'), 'allocation'],
    ['seed.txt', (content: string) => `${content[0] === '0' ? '1' : '0'}${content.slice(1)}`, 'allocation'],
    [
      'protocol.json',
      (content: string) => content.replace('"finalOnSubmit": true', '"finalOnSubmit": false'),
      'protocol',
    ],
    ['commitment.json', (content: string) => content.replace('2026-01-05', '2026-01-06'), 'protocol'],
    ['answers-wide.csv', (content: string) => content.replace(',yes,', ',no,'), 'tables and numbers'],
    ['study.imrmc', (content: string) => content.replace('N0: 24', 'N0: 25'), 'tables and numbers'],
    ['analysis.json', (content: string) => content.replace('"Estimate": 0.', '"Estimate": 0.9'), 'tables and numbers'],
  ])('finds a change of %s with checksums made new', (name, change, where) =>
    expect(tampered(name, change)).toContain(where),
  )
  /** The record changed at its root, and every file of the bundle made anew from it. */
  const found = (changed: StudyRecord): string[] =>
    verifyBundle(bundleFiles(changed)).flatMap(({ ok, name, finding }) => (ok ? [] : [`${name}: ${finding}`]))

  it('finds answers that were changed and signed with new keys', () => {
    const keys = record.readerKeys.map(({ readerId }) => ({ readerId, ...makeReaderKeys() }))
    const log = keys.flatMap(({ readerId, privateKey }) => {
      let last: LogEntry | null = null
      return record.log
        .filter((entry) => entry.readerId === readerId)
        .map(({ studyId, moment, body }) => {
          const better = body.kind === 'submitted' ? { ...body, answers: { ...body.answers, call: 'yes' } } : body
          last = appendEntry(last, { studyId, readerId, moment, body: better }, { privateKey })
          return last
        })
    })
    const readerKeys = keys.map(({ readerId, publicKey }) => ({ readerId, publicKey }))
    expect(found({ ...record, readerKeys, log })).toEqual([expect.stringContaining('signed logs: the readers’ keys')])
  })

  it('finds a log that was cut off at its end', () => {
    const last = record.log.findLastIndex((entry) => entry.readerId === 2)
    const shorter = { ...record, log: record.log.toSpliced(last - 1, 2) }
    expect(found(shorter)).toEqual([expect.stringContaining('signed logs: the log of reader 2 does not end')])
  })

  it('is held against the commitment that was written down', () => {
    const names = (writtenDown: string) => verifyBundle(files, writtenDown).flatMap((one) => (one.ok ? [] : [one.name]))
    expect(names(record.commitment.sha256)).toEqual([])
    expect(names('0'.repeat(64))).toEqual(['commitment as written down'])
  })

  it('finds a changed byte by its checksums, and a missing file by name', () => {
    const copy = new Map(files)
    copy.set('README.txt', Buffer.from(`${text('README.txt')} `))
    expect(verifyBundle(copy).find((check) => check.name === 'checksums')!.finding).toContain('README.txt')
    copy.delete('seed.txt')
    expect(() => verifyBundle(copy)).toThrow('seed.txt is missing')
  })

  it('reports guessing as guessing: readers cannot tell, and the interval says so', () => {
    const [all] = analyse(record).realOrGenerated
    expect(all!.results['accuracy']).toBeGreaterThan(0.44)
    expect(all!.results['accuracy']).toBeLessThan(0.56)
    expect((all!.results['tost_exact'] as { p_tost: number }).p_tost).toBeLessThan(0.05)
  })

  it('names the order and the risk of carry-over of the article design', () =>
    expect(analyse(record).notes.join(' ')).toContain('carry-over'))

  it('averages curves so that the area under the average is the average of the areas', () => {
    const { curves, primary } = analyse(record)
    const averaged = curves.find((one) => one.label === 'average of the readers, ecg')!.results as {
      fpr: number[]
      tpr: number[]
    }
    const area = averaged.fpr
      .slice(1)
      .reduce((sum, x, i) => sum + ((x - averaged.fpr[i]!) * (averaged.tpr[i]! + averaged.tpr[i + 1]!)) / 2, 0)
    const means = primary.results['treatment_means'] as { test: string; Estimate: number }[]
    // A grid of 101 points cuts the corners of the steps.
    expect(area).toBeCloseTo(means.find((one) => one.test === 'ecg')!.Estimate, 1)
  })

  it('leaves undefined what is undefined when only one class was read', () => {
    const oneClass: StudyRecord = { ...record, truth: record.truth.map((one) => ({ ...one, truth: 1 })) }
    expect(analyse(oneClass).primary.results).toHaveProperty('undefined')
  })
})

const published = join(import.meta.dirname, '../../../shared/reference/statistics/mrmc_vandyke.json')

/** Van Dyke's study as if our readers had read it: the report holds the numbers of MRMCaov and iMRMC. */
describe.skipIf(!existsSync(published))('the report on Van Dyke’s data', () => {
  interface Published {
    data: { truth: (0 | 1)[]; ratings: number[][][] }
    cases: { id: string; expected: Record<string, never> }[]
  }
  function vanDyke(): { record: StudyRecord; cases: Published['cases'] } {
    const { data, cases } = JSON.parse(readFileSync(published, 'utf8')) as Published
    const simulated = simulateStudy({ ...options, readers: 5, cases: data.truth.length, prevalence: 45 / 114 })
    const truth = data.truth.map((value, index) => ({ ...simulated.truth[index]!, truth: value }))
    const [protocol] = simulated.protocols
    const arms: Arm[] = ['ecg', 'ecg-generated']
    const changed = { ...protocol!, primary: { ...protocol!.primary, arms: arms as [Arm, Arm] } }
    const reads = new Map(simulated.reads.map((read) => [read.readId, read]))
    const log = simulated.log.map((entry) => {
      if (entry.body.kind !== 'submitted') return entry
      const read = reads.get(entry.body.readId)!
      const treatment = arms.indexOf(read.arm)
      if (treatment === -1) return entry
      const confidence = data.ratings[treatment]![read.readerId - 1]![read.caseId - 1]!
      return { ...entry, body: { ...entry.body, answers: { ...entry.body.answers, confidence } } }
    })
    const commitment = commit(changed, { ...simulated.commitment, allocationSha256: hashOf({}) })
    return { record: { ...simulated, truth, protocols: [changed], log, commitment }, cases }
  }
  it('agrees with MRMCaov (primary), Iowa’s DBM and the FDA’s iMRMC', () => {
    const { record, cases } = vanDyke()
    const expected = (id: string): Record<string, never> => cases.find((one) => one.id === id)!.expected
    const near = (actual: unknown, wanted: unknown, path: string): void => {
      if (typeof wanted === 'number') expect(actual, path).toBeCloseTo(wanted, 9)
      else if (Array.isArray(wanted))
        for (const [i, one] of wanted.entries()) near((actual as unknown[])[i], one, `${path}[${i}]`)
      else if (wanted !== null && typeof wanted === 'object')
        for (const [key, one] of Object.entries(wanted))
          near((actual as Record<string, unknown>)[key], one, `${path}.${key}`)
    }
    const { primary, sensitivity } = analyse(record)
    near(primary.results, expected('vandyke_rrrc_DeLong'), 'primary')
    near(
      sensitivity.find((one) => one.label.includes('readers fixed'))!.results,
      withoutReaderMeans(expected('vandyke_frrc_DeLong')),
      'fixed',
    )
    near(sensitivity.find((one) => one.function === 'dbm_analysis')!.results, expected('vandyke_dbm'), 'dbm')
    near(
      sensitivity.find((one) => one.function === 'u_statistic_mrmc')!.results,
      onlyAverages(expected('vandyke_imrmc')),
      'u',
    )
  })
  const withoutReaderMeans = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !name.endsWith('treatment_means')))
  const onlyAverages = ({ ustat, mle }: Record<string, unknown>) => ({ ustat, mle })
})

describe('CSV', () => {
  it('keeps a spreadsheet from calculating, and quotes what needs it', () =>
    expect(
      csvTable(
        ['a', 'b'],
        [
          ['=1+1', 'x,"y"'],
          [-1, null],
        ],
      ),
    ).toBe('a,b\r\n\'=1+1,"x,""y"""\r\n-1,\r\n'))
})
