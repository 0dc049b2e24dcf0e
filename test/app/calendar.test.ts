import { afterEach, describe, expect, it } from 'vitest'
import { presentDay } from '../../src-main/app/handlers/worklist.ts'
import { systemEnvironment } from '../../src-main/registry/environment.ts'
import { dayOf, endOfDay, startOfDay } from '../../src-renderer/components/admin/calendar-days.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const HOUR_MS = 3_600_000
const at = (iso: string): number => Date.parse(iso)

describe('the present day of the work list', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-01T15:59:59Z', '2026-03-01', '2026-02-28T16:00:00Z'],
    ['Asia/Shanghai', '2026-03-01T16:00:00Z', '2026-03-02', '2026-03-01T16:00:00Z'],
    ['America/New_York', '2026-03-01T04:59:59Z', '2026-02-28', '2026-02-28T05:00:00Z'],
    // Summer time begins and ends in the night: that day has 23 or 25 hours, and one midnight.
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['Asia/Kolkata', '2026-01-01T18:30:00Z', '2026-01-02', '2026-01-01T18:30:00Z'],
  ])('in %s at %s is %s, from its own midnight on', (tz, now, date, start) => {
    process.env['TZ'] = tz
    expect(presentDay(at(now))).toEqual({ date, startMs: at(start) })
  })
})

describe('a day that the audit trail is filtered by', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Shanghai', '2026-10-25', 24],
  ])('in %s counts whole on %s: %d hours', (tz, day, hours) => {
    process.env['TZ'] = tz
    expect((endOfDay(day)! - startOfDay(day)!) / HOUR_MS).toBe(hours)
    expect([dayOf(startOfDay(day)), dayOf(endOfDay(day)! - 1)]).toEqual([day, day])
  })
})

it('an entry, and a time in a report, has the offset of its own day', () => {
  process.env['TZ'] = 'Europe/Berlin'
  expect(systemEnvironment.offsetMinutesAt(at('2026-01-12T08:00:00Z'))).toBe(60)
  expect(systemEnvironment.offsetMinutesAt(at('2026-07-12T08:00:00Z'))).toBe(120)
  const { utcMs, offsetMinutes } = systemEnvironment.now()
  expect(offsetMinutes).toBe(systemEnvironment.offsetMinutesAt(utcMs))
})
