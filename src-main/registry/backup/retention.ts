const DAYS = 7
const WEEKS = 4
const MONTHS = 12
const DAY_MS = 86_400_000

/** Why a backup is kept: it is the newest of its day, its week, its month. */
export type KeptFor = 'day' | 'week' | 'month'

/**
 * Which backups stay: the newest of each of the last 7 days that have one, of 4 weeks, of 12 months. Days are those of
 * UTC; weeks begin on Monday.
 *
 * @param madeAt  ISO times
 * @returns those to keep, each with why
 */
export function backupsToKeep(madeAt: readonly string[]): Map<string, KeptFor[]> {
  const newestFirst = madeAt.toSorted().reverse()
  const kept = new Map<string, KeptFor[]>()
  for (const [why, count, periodOf] of [
    ['day', DAYS, (iso: string) => iso.slice(0, 10)],
    ['week', WEEKS, (iso: string) => String(weekOf(iso))],
    ['month', MONTHS, (iso: string) => iso.slice(0, 7)],
  ] as const) {
    const periods = new Map<string, string>()
    for (const iso of newestFirst) if (!periods.has(periodOf(iso))) periods.set(periodOf(iso), iso)
    for (const iso of [...periods.values()].slice(0, count)) kept.set(iso, [...(kept.get(iso) ?? []), why])
  }
  return kept
}

/** Monday-based number of the week; 1970-01-01 was a Thursday. */
const weekOf = (iso: string): number => Math.floor((Date.parse(iso) / DAY_MS + 3) / 7)
