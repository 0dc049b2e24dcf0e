import type { AppDescription, RecordingEntry } from '../../contract.ts'
import { atSite, changeBetween, changeOfDisease, type Change } from '../../findings.ts'
import { recordedMs } from '../findings/previous-recording.ts'

export interface TrendPoint {
  /** When the ECG was recorded, else imported; ms since 1970. */
  atMs: number
  /** As it is shown: of a disease, at the prevalence that the site had set then. */
  value: number
  /** Of the pack that predicted it. */
  packSha256: string
  /** Of a disease: at the pack's prevalence, by which changes are counted. */
  probability: number | null
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
  const add = (id: string, unit: string, point: TrendPoint): void => {
    const trend = trends.get(id) ?? { id, unit, points: [] }
    trends.set(id, trend)
    trend.points.push(point)
  }
  for (const recording of recordings) {
    const result = recording.screening
    if (!result) continue
    const made = { atMs: recordedMs(recording), packSha256: result.pack.sha256 }
    for (const disease of result.diseases) {
      add(disease.id, '', { ...made, value: atSite(disease).probability, probability: disease.probability })
    }
    for (const { id, unit, value } of result.phenotypes) add(id, unit, { ...made, value, probability: null })
  }
  for (const trend of trends.values()) trend.points.sort((one, other) => one.atMs - other.atMs)
  return [...trends.values()]
}

type Pack = Pick<NonNullable<AppDescription['pack']>, 'sha256' | 'diseases' | 'phenotypes'>

/** Last against the one before it, and against the first; held against the pack's repeatability where both are its. */
export function changesOf({ id, points }: Trend, pack: Pack | null): { sinceBefore: Change; sinceFirst: Change } {
  const last = points.at(-1)!
  const described = [...(pack?.diseases ?? []), ...(pack?.phenotypes ?? [])].find((one) => one.id === id)
  const since = (earlier: TrendPoint): Change => {
    const comparable = [earlier, last].every(({ packSha256 }) => packSha256 === pack?.sha256)
    const repeatability = comparable ? described?.repeatability : undefined
    if (earlier.probability === null || last.probability === null) {
      return changeBetween(earlier.value, last.value, repeatability)
    }
    const { beyond } = changeOfDisease(
      { probability: earlier.probability },
      { probability: last.probability },
      repeatability,
    )
    return { by: last.value - earlier.value, beyond }
  }
  return { sinceBefore: since(points.at(-2)!), sinceFirst: since(points[0]!) }
}

export interface Course {
  points: { x: number; y: number }[]
  /** What repeated recordings of one heart differ by, around the first value; null where the pack does not say. */
  band: { y: number; height: number } | null
}

/**
 * A trend as a line in a box. The box is at least as high as the pack's repeatability reaches, so that chance does not
 * look like a course; all values alike lie on one level line.
 */
export function courseOf({ id, points }: Trend, pack: Pack | null, widthPx: number, heightPx: number): Course {
  const first = points[0]!
  const described = [...(pack?.diseases ?? []), ...(pack?.phenotypes ?? [])].find((one) => one.id === id)
  const own = points.every(({ packSha256 }) => packSha256 === pack?.sha256)
  const repeatability = (own && described?.repeatability) || null
  // A disease repeats on the logit scale; near a probability p that is p (1 − p) times as much.
  const slope = first.probability === null ? 1 : first.value * (1 - first.value)
  const reach = repeatability === null ? null : repeatability * slope
  const values = points.map(({ value }) => value)
  const bounds = reach === null ? values : [...values, first.value - reach, first.value + reach]
  const [least, most] = [Math.min(...bounds), Math.max(...bounds)]
  const [from, to] = [first.atMs, points.at(-1)!.atMs]
  const share = (value: number, low: number, high: number): number => (high > low ? (value - low) / (high - low) : 0.5)
  const level = (value: number): number => round((1 - share(value, least, most)) * heightPx)
  return {
    points: points.map(({ atMs, value }) => ({ x: round(share(atMs, from, to) * widthPx), y: level(value) })),
    band:
      reach === null
        ? null
        : { y: level(first.value + reach), height: round(level(first.value - reach) - level(first.value + reach)) },
  }
}

const round = (value: number): number => Math.round(value * 10) / 10
