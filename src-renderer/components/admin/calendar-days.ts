const DAY_MS = 86_400_000

/** A day of this computer's calendar, as a field of type `date` has it; empty for none. */
export function dayOf(ms: number | null): string {
  if (ms === null) return ''
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The first moment of a day. */
export const startOfDay = (day: string): number | null => (day === '' ? null : new Date(`${day}T00:00`).getTime())

/** The first moment after a day, which counts whole: a change of summer time makes it an hour shorter or longer. */
export function endOfDay(day: string): number | null {
  const start = startOfDay(day)
  return start === null ? null : startOfDay(dayOf(start + 1.5 * DAY_MS))
}
