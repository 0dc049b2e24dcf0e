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

/** The middle of the values; robust against a neighbour that takes the processor for a moment. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export async function timed(run: () => unknown): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}
