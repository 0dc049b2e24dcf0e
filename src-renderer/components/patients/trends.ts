import type { RecordingEntry } from '../../contract.ts'

export interface TrendPoint {
  /** When the ECG was recorded, else imported; ms since 1970. */
  atMs: number
  value: number
}

export interface Trend {
  id: string
  unit: string
  /** Oldest first. */
  points: TrendPoint[]
}

/** The course of each disease probability and phenotype over a patient's recordings, by their newest screenings. */
export function trendsOf(recordings: readonly RecordingEntry[]): Trend[] {
  const trends = new Map<string, Trend>()
  const add = (id: string, unit: string, atMs: number, value: number): void => {
    const trend = trends.get(id) ?? { id, unit, points: [] }
    trends.set(id, trend)
    trend.points.push({ atMs, value })
  }
  for (const recording of recordings) {
    const result = recording.screening
    if (!result) continue
    const atMs = Date.parse(recording.ecg.startTime ?? recording.importedAt)
    for (const disease of result.diseases) add(disease.id, '', atMs, disease.probability)
    for (const { id, unit, value } of result.phenotypes) add(id, unit, atMs, value)
  }
  for (const trend of trends.values()) trend.points.sort((one, other) => one.atMs - other.atMs)
  return [...trends.values()]
}

/** Last minus first. */
export function changeOf({ points }: Trend): number {
  return points.at(-1)!.value - points[0]!.value
}

/** The polyline of a trend in a box, as SVG points; one level line where all values are the same. */
export function sparkline({ points }: Trend, widthPx: number, heightPx: number): string {
  const times = points.map((point) => point.atMs)
  const values = points.map((point) => point.value)
  const at = (value: number, all: readonly number[]): number => {
    const least = Math.min(...all)
    const range = Math.max(...all) - least
    return range === 0 ? 0.5 : (value - least) / range
  }
  return points
    .map(({ atMs, value }) => `${round(at(atMs, times) * widthPx)},${round((1 - at(value, values)) * heightPx)}`)
    .join(' ')
}

const round = (value: number): number => Math.round(value * 10) / 10
