/** `YYYY-MM-DD`, or undefined where the numbers are no day of the calendar. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  const whole = [year, month, day].every(Number.isInteger)
  if (!whole || year < 1000 || year > 9999 || month < 1 || month > 12) return undefined
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  return `${year}-${two(month)}-${two(day)}`
}

/** `HH:MM:SS`, or undefined where the numbers are no time of day. */
export function isoTime(hour: number, minute: number, second: number): string | undefined {
  const within = (value: number, end: number): boolean => Number.isInteger(value) && value >= 0 && value < end
  return within(hour, 24) && within(minute, 60) && within(second, 60)
    ? `${two(hour)}:${two(minute)}:${two(second)}`
    : undefined
}

/** Local ISO time of a date and a time; the date alone where there is no time, nothing where there is no date. */
export function isoDateTime(date: string | undefined, time: string | undefined): string | undefined {
  return date === undefined ? undefined : time === undefined ? date : `${date}T${time}`
}

const two = (value: number): string => String(value).padStart(2, '0')
