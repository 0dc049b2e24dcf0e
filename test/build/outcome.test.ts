import { describe, expect, it } from 'vitest'
import { countVitest, summaryOf, totalsOf } from '../../build/test-run/outcome.ts'

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 }

describe('a test run', () => {
  it('counts passed, failed and skipped tests', () => {
    expect(countVitest(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 3 })
    expect(countVitest({ ...report, numFailedTests: 2 }, 1)).toMatchObject({ failed: 2 })
  })

  it('has failed when it ended badly without a failed test, or left no report', () => {
    expect(countVitest(report, 1)).toMatchObject({ passed: 5, failed: 1 })
    expect(countVitest(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('closes with the sum over all steps', () => {
    const outcomes = [
      { name: 'types', passed: 1, failed: 0, skipped: 0, seconds: 3 },
      { name: 'unit', passed: 5, failed: 1, skipped: 3, seconds: 4 },
    ]
    expect(totalsOf(outcomes)).toEqual({ passed: 6, failed: 1, skipped: 3 })
    expect(summaryOf(outcomes).split('\n').at(-1)).toBe('6 passed, 1 failed, 3 skipped')
  })
})
