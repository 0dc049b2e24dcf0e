import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as distributions from '../../src-main/statistics/distributions.ts'
import { casesForPower, plannedPower, type PlanningComponents } from '../../src-main/statistics/mrmc/sample-size.ts'
import { describeCases } from './reference/suite.ts'

const here = join(import.meta.dirname, 'independent')

interface PowerRow {
  reader_count: number
  case_count: number
  'readers-and-cases': number
  readers: number
  cases: number
}

const tables = JSON.parse(readFileSync(join(here, 'tables.json'), 'utf8')) as {
  distributions: Record<keyof typeof distributions, number[][]>
  power: { pilot: PlanningComponents; effect: number; rows: PowerRow[] }
}

// Computed by the scripts beside the files, see their headers for the commands.
describe('cases computed apart from the product', () => describeCases(join(here, 'cases')))

describe('distributions against 40-digit values', () => {
  for (const [name, rows] of Object.entries(tables.distributions)) {
    it(`${name} keeps 11 digits, also in the tails`, () => {
      const of = distributions[name as keyof typeof distributions] as (...inputs: number[]) => number
      for (const row of rows) {
        const expected = row.at(-1)!
        const actual = of(...row.slice(0, -1))
        expect(Math.abs(actual - expected), `${name}(${row.slice(0, -1).join(', ')})`).toBeLessThanOrEqual(
          1e-11 * Math.abs(expected),
        )
      }
    })
  }
})

describe('power of the Obuchowski–Rockette test', () => {
  const { pilot, effect, rows } = tables.power
  for (const row of rows) {
    it(`agrees with SciPy’s non-central distributions for ${row.reader_count} readers and ${row.case_count} cases`, () => {
      for (const generalise of ['readers-and-cases', 'readers', 'cases'] as const) {
        const { power } = plannedPower(pilot, { readers: row.reader_count, cases: row.case_count, effect, generalise })
        expect(power).toBeCloseTo(row[generalise], 9)
      }
    })
  }

  it('finds the smallest number of cases that reaches the power', () => {
    const cases = casesForPower(pilot, { readers: 6, effect, power: 0.8 })!
    expect(plannedPower(pilot, { readers: 6, cases, effect }).power).toBeGreaterThanOrEqual(0.8)
    expect(plannedPower(pilot, { readers: 6, cases: cases - 1, effect }).power).toBeLessThan(0.8)
  })
})
