import type { DeviceInterpretation, Measure } from '../../../src-preload/contract/measurements.ts'

/** What a format reader found; measures that the file does not have are undefined. */
export interface FoundInterpretation {
  values: { [M in Measure]?: number | undefined }
  statements: readonly string[]
}

const MOST_STATEMENTS = 64
const LONGEST_STATEMENT = 400
/** Zero and fillers such as 999 or 29999 stand for "not measured"; an axis may be zero. */
const LONGEST_MS = 3000

/**
 * The device's interpretation with what is no measurement left out, and the heart rate that was read already.
 *
 * @returns undefined where nothing is left
 */
export function checkedInterpretation(
  found: FoundInterpretation | undefined,
  heartRateBpm: number | undefined,
): DeviceInterpretation | undefined {
  const values: DeviceInterpretation['values'] = {}
  for (const [measure, value] of Object.entries({ ...found?.values, heartRateBpm }) as [
    Measure,
    number | undefined,
  ][]) {
    if (value !== undefined && isMeasured(measure, value)) values[measure] = value
  }
  const statements = (found?.statements ?? [])
    .map((statement) => statement.replace(/\s+/g, ' ').trim().slice(0, LONGEST_STATEMENT))
    .filter((statement) => statement !== '')
    .slice(0, MOST_STATEMENTS)
  return Object.keys(values).length + statements.length > 0 ? { values, statements } : undefined
}

function isMeasured(measure: Measure, value: number): boolean {
  if (measure.endsWith('Degrees')) return value >= -180 && value <= 360
  return value > 0 && value < (measure === 'heartRateBpm' ? 500 : LONGEST_MS)
}
