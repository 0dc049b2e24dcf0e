/**
 * Base time and date of a record line as ISO local time: `19:46:25.757` and `29/04/2023` (day first). A time without
 * a date stays a time alone; fields that are no time or date are left out.
 */
export function startTimeOf(time: string | undefined, date: string | undefined): string | undefined {
  const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(time ?? '')
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(date ?? '')
  if (!clock || Number(clock[1]) > 23 || Number(clock[2]) > 59 || Number(clock[3]) >= 60) return undefined
  const two = (text: string): string => text.replace(/^(\d)(?!\d)/, '0$1')
  const isoTime = `${two(clock[1]!)}:${two(clock[2]!)}:${two(clock[3]!)}`
  if (!day || Number(day[1]) < 1 || Number(day[1]) > 31 || Number(day[2]) < 1 || Number(day[2]) > 12) return isoTime
  return `${day[3]}-${two(day[2]!)}-${two(day[1]!)}T${isoTime}`
}
