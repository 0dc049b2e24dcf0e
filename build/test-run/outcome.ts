/** What one step of a test run came to. A check without tests of its own counts as one. */
export interface Outcome {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}

export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export function totalsOf(outcomes: readonly Outcome[]): Totals {
  const sum = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0)
  return { passed: sum((o) => o.passed), failed: sum((o) => o.failed), skipped: sum((o) => o.skipped) }
}

/** One line a step, and the sum as the last line. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ name, passed, failed, skipped, seconds }) => {
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    return `${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${counts.padEnd(36)} ${seconds.toFixed(1).padStart(6)} s`
  })
  const { passed, failed, skipped } = totalsOf(outcomes)
  return [...lines, `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`].join('\n')
}

/** The fields of vitest's JSON report that are read here. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

/**
 * Counts a vitest run. A file that cannot be loaded and an error outside every test fail the run without a failed test;
 * they count as one.
 */
export function countVitest(report: VitestReport | undefined, exitCode: number): Totals {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report ?? {}
  const failed = exitCode !== 0 && numFailedTests === 0 ? 1 : numFailedTests
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests }
}
