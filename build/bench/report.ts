/** One comparison. `measured` and `beside` share a unit. */
export interface BenchRow {
  name: string
  measured: string
  beside: string
  ratio?: number
  limit: string
  ok: boolean
}

const WIDTHS = [44, 16, 34, 8, 34, 4] as const

export function printTableHead(): void {
  printCells(['what', 'ours', 'beside it', 'ratio', 'limit', ''])
}

export function printRow({ name, measured, beside, ratio, limit, ok }: BenchRow): void {
  printCells([name, measured, beside, ratio === undefined ? '' : ratio.toFixed(2), limit, ok ? 'ok' : 'OVER'])
}

function printCells(cells: readonly string[]): void {
  console.log(
    cells
      .map((cell, index) => cell.padEnd(WIDTHS[index]!))
      .join(' ')
      .trimEnd(),
  )
}

export const ms = (value: number): string => `${value.toFixed(1)} ms`

/**
 * The least of several times: what the work itself takes. Everything that disturbs a run only adds to it, so it is the
 * steadiest figure on a computer that others use too.
 */
export const best = (times: readonly number[]): number => Math.min(...times)

/** The middle one of several values: what neighbours on the computer disturb in a round decides nothing. */
export const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

export async function timed(run: () => unknown): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}
