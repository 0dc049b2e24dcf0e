import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Arm } from '../../src-preload/contract/study-protocol.ts'
import { analyse, type StudyAnalysis } from '../../src-main/reader-study/analysis/analyse.ts'
import { imrmcText } from '../../src-main/reader-study/bundle/imrmc.ts'
import { rjafrocWorkbook } from '../../src-main/reader-study/bundle/rjafroc.ts'
import { readingsOf, type StudyRecord } from '../../src-main/reader-study/bundle/study-record.ts'
import { simulateStudy } from '../../src-main/reader-study/simulation/simulate.ts'

/** Ratings as `[modality][reader][case]` with the truth by case, however they were read. */
interface Crossed {
  modalities: string[]
  truth: number[]
  ratings: number[][][]
}

/** What iMRMC's InputFile does with a file, step by step: the header's counts, then rows, each against the counts. */
function asImrmcReads(text: string): Crossed {
  const lines = text.split('\n').slice(0, -1)
  const counts: Record<string, number> = {}
  let at = 0
  for (; !lines[at]!.toUpperCase().startsWith('BEGIN DATA:'); at++) {
    for (const name of ['N0', 'N1', 'NR', 'NM']) {
      if (!lines[at]!.toUpperCase().includes(`${name}:`)) continue
      const said = lines[at]!.slice(3).trim()
      if (!/^\d+$/.test(said)) throw new Error(`Found ${name}: Text following is not an integer`)
      counts[name] = Number(said)
    }
  }
  const rows = lines.slice(at + 1).map((line) => line.split(',').map((cell) => cell.replace(/\s/g, '')))
  const truth = new Map<string, number>()
  for (const [reader, name, , value] of rows.filter(([id]) => id === '-1')) {
    if (truth.has(name!)) throw new Error(`Duplicate case found: ${reader} ${name}`)
    truth.set(name!, Number(value))
  }
  const scores = new Map<string, number>()
  const readers = new Set<string>()
  const modalities = new Set<string>()
  for (const [reader, name, modality, score] of rows.filter(([id]) => id !== '-1')) {
    if (!truth.has(name!)) throw new Error(`No truth for case ${name}`)
    const key = `${reader}/${name}/${modality}`
    if (scores.has(key)) throw new Error(`Replicate observation found: ${key}`)
    scores.set(key, Number(score))
    readers.add(reader!)
    modalities.add(modality!)
  }
  const ones = [...truth.values()].filter((value) => value === 1).length
  const found = { NR: readers.size, N0: truth.size - ones, N1: ones, NM: modalities.size }
  if (JSON.stringify({ ...counts, ...found }) !== JSON.stringify(counts))
    throw new Error('counts given differ from found')
  const cases = [...truth.keys()]
  return {
    modalities: [...modalities],
    truth: cases.map((name) => truth.get(name)!),
    ratings: [...modalities].map((m) => [...readers].map((r) => cases.map((c) => scores.get(`${r}/${c}/${m}`)!))),
  }
}

/** Obuchowski–Rockette from the ratings alone, by definition: placements, their covariances, mean squares, Hillis' df. */
function obuchowskiRockette({ truth, ratings }: Crossed, [a, b]: [number, number]) {
  const positives = truth.flatMap((value, c) => (value === 1 ? [c] : []))
  const negatives = truth.flatMap((value, c) => (value === 0 ? [c] : []))
  const kernel = (x: number, y: number): number => (x > y ? 1 : x === y ? 0.5 : 0)
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const cells = [a, b].flatMap((t, arm) =>
    ratings[t]!.map((row, reader) => {
      const v10 = positives.map((c) => average(negatives.map((d) => kernel(row[c]!, row[d]!))))
      const v01 = negatives.map((d) => average(positives.map((c) => kernel(row[c]!, row[d]!))))
      return { arm, reader, area: average(v10), v10, v01 }
    }),
  )
  const covariance = (x: number[], y: number[]): number => {
    const [mx, my] = [average(x), average(y)]
    return x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / (x.length - 1)
  }
  const between = (same: (p: (typeof cells)[number], q: (typeof cells)[number]) => boolean): number =>
    average(
      cells.flatMap((p, i) =>
        cells
          .slice(i + 1)
          .filter((q) => same(p, q))
          .map((q) => covariance(p.v10, q.v10) / positives.length + covariance(p.v01, q.v01) / negatives.length),
      ),
    )
  const cov2 = between((p, q) => p.arm === q.arm)
  const cov3 = between((p, q) => p.arm !== q.arm && p.reader !== q.reader)
  const readers = cells.length / 2
  const area = (arm: number, reader: number): number =>
    cells.find((cell) => cell.arm === arm && cell.reader === reader)!.area
  const differences = Array.from({ length: readers }, (_, r) => area(0, r) - area(1, r))
  const difference = average(differences)
  const msTr = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0) / 2 / (readers - 1)
  const denominator = msTr + Math.max(readers * (cov2 - cov3), 0)
  return {
    difference,
    standardError: Math.sqrt((2 * denominator) / readers),
    df: denominator ** 2 / (msTr ** 2 / (readers - 1)),
  }
}

/** Rows of a sheet by the name of the sheet. */
function sheetsOf(workbook: Uint8Array): Map<string, string[][]> {
  const files = unzipSync(workbook)
  const text = (name: string): string => Buffer.from(files[name]!).toString()
  const names = [...text('xl/workbook.xml').matchAll(/<sheet name="(\w+)"/g)].map(([, name]) => name!)
  return new Map(names.map((name, index) => [name, rowsOf(text(`xl/worksheets/sheet${index + 1}.xml`))]))
}

function rowsOf(xml: string): string[][] {
  const rows: string[][] = []
  let value: string | null = null
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    if (name === 'row') rows.push([])
    if (name === 'v' || name === 't') value = ''
  })
  parser.on('text', (part) => {
    if (value !== null) value += part
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'v' || name === 't') {
      rows.at(-1)!.push(value!)
      value = null
    }
  })
  parser.write(xml).close()
  return rows
}

/** What RJafroc's ReadJAFROCNewFormat takes from a crossed ROC workbook, and what it stops at. */
function asRjafrocReads(workbook: Uint8Array): Crossed {
  const sheets = sheetsOf(workbook)
  if ([...sheets.keys()].sort().join() !== 'LL,NL,TRUTH') throw new Error('sheets')
  const table = (name: string): Record<string, string>[] => {
    const [head, ...rows] = sheets.get(name)!
    return rows.map((row) => Object.fromEntries(head!.map((column, i) => [column, row[i] ?? ''])))
  }
  const truthTable = table('TRUTH')
  const columns = sheets.get('TRUTH')![0]!
  if (columns.join() !== 'CaseID,LesionID,Weight,ReaderID,ModalityID,Paradigm') throw new Error('TRUTH columns')
  const declared = truthTable.map((row) => row['Paradigm']).filter(Boolean)
  if (declared.join() !== 'ROC,FCTRL') throw new Error('not declared as a crossed ROC study')
  if (truthTable.some((row) => [1, 2, 3, 4, 5].some((n) => row[columns[n - 1]!] === ''))) throw new Error('empty cells')
  const readers = truthTable[0]!['ReaderID']!.split(',').map((id) => id.trim())
  const modalities = truthTable[0]!['ModalityID']!.split(',').map((id) => id.trim())
  const cases = truthTable.map((row) => row['CaseID']!)
  const truth = truthTable.map((row) => (Number(row['LesionID']) > 0 ? 1 : 0))
  const ratings = new Map<string, number>()
  for (const [name, column, wanted] of [
    ['NL', 'NL_Rating', 0],
    ['LL', 'LL_Rating', 1],
  ] as const) {
    for (const row of table(name)) {
      const disease = truth[cases.indexOf(row['CaseID']!)]
      if (disease !== wanted) throw new Error(`a case of ${name} is not among those of TRUTH`)
      if (name === 'LL' && row['LesionID'] !== '1') throw new Error('lesion not in TRUTH')
      const key = `${row['ModalityID']}/${row['ReaderID']}/${row['CaseID']}`
      if (ratings.has(key)) throw new Error('multiple ratings')
      if (!Number.isFinite(Number(row[column] || 'none'))) throw new Error(`${name} has no ${column}`)
      ratings.set(key, Number(row[column]))
    }
  }
  if (ratings.size !== cases.length * readers.length * modalities.length)
    throw new Error('This does not appear to be an ROC dataset.')
  return {
    modalities,
    truth,
    ratings: modalities.map((m) => readers.map((r) => cases.map((c) => ratings.get(`${m}/${r}/${c}`)!))),
  }
}

describe('files for other software, read as that software reads them', () => {
  let record: StudyRecord
  let analysis: StudyAnalysis
  beforeAll(() => {
    const areas = new Map<Arm, number>([['ecg', 0.7], ['ecg-real', 0.8], ['ecg-generated', 0.85]]) // prettier-ignore
    record = simulateStudy({
      readers: 6,
      cases: 50,
      prevalence: 0.6,
      areas,
      modelAuc: null,
      seed: 9,
      design: 'article',
      tellAccuracy: 0.5,
      appVersion: '0.1.0',
    })
    analysis = analyse(record)
  })
  const primary = () => (analysis.primary.results['pairwise_differences'] as Record<string, number>[])[0]!

  it('iMRMC’s file gives the primary result again, from the ratings in it alone', () => {
    const read = asImrmcReads(imrmcText(record, readingsOf(record)))
    const arms = record.protocols[0]!.primary.arms.map((arm) => read.modalities.indexOf(arm)) as [number, number]
    const again = obuchowskiRockette(read, arms)
    expect(again.difference).toBeCloseTo(primary()['Estimate']!, 12)
    expect(again.standardError).toBeCloseTo(primary()['StdErr']!, 12)
    expect(again.df).toBeCloseTo(primary()['df']!, 8)
  })

  it('RJafroc’s workbook gives it too', () => {
    const read = asRjafrocReads(rjafrocWorkbook(record, readingsOf(record)))
    // Modalities are numbered in the order of the primary pair.
    const again = obuchowskiRockette(read, [0, 1])
    expect(again.difference).toBeCloseTo(primary()['Estimate']!, 12)
    expect(again.standardError).toBeCloseTo(primary()['StdErr']!, 12)
  })

  it('iMRMC’s counts are those that it finds, though a reader read nothing and the title holds its words', () => {
    const readings = readingsOf(record).filter((one) => one.readerId !== 6 && one.arm !== 'ecg-real')
    const [protocol] = record.protocols
    const titled = { ...record, protocols: [{ ...protocol!, title: 'N0: a study\nBEGIN DATA: now' }] }
    expect(() => asImrmcReads(imrmcText(titled, readings))).not.toThrow()
    // The reader that finds nothing wrong finds what is wrong.
    const text = imrmcText(record, readings)
    expect(() => asImrmcReads(text.replace('NR: 5', 'NR: 6'))).toThrow('counts given')
    expect(() => asImrmcReads(text.replace(/^Simulated.*/, 'N0: a study'))).toThrow('not an integer')
  })

  it('RJafroc’s checks stop at a missing reading', () =>
    expect(() => asRjafrocReads(rjafrocWorkbook(record, readingsOf(record).slice(1)))).toThrow('does not appear'))
})
