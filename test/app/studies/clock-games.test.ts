import { afterAll, describe, expect, it } from 'vitest'
import { LONG } from '../../reader-study/long.ts'
import { lockedStudy, studiedWorkspace } from './studied-workspace.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ANSWERS = { confidence: 40, call: 'no', seen: 'no' }
const zoneBefore = process.env['TZ']
afterAll(() => {
  if (zoneBefore === undefined) delete process.env['TZ']
  else process.env['TZ'] = zoneBefore
})

/** Minutes east of Greenwich in a zone at a moment, as the computer's own clock gives them. */
const offsetAt = (ms: number): number => -new Date(ms).getTimezoneOffset()

/** Reads stage 1 on a day in a zone, then asks when stage 2 opens. */
async function readFourIn(zone: string, startMs: number) {
  process.env['TZ'] = zone
  const workspace = await studiedWorkspace(1)
  workspace.clock.wallMs = startMs
  workspace.clock.offsetMinutes = offsetAt(startMs)
  await workspace.signIn('coordinator')
  const { studyId } = await lockedStudy(workspace, 4)
  await workspace.signIn('reader1')
  const next = () => workspace.call('study:next-step', { studyId })
  let lastMs = 0
  for (let i = 0; i < 4; i++) {
    const step = await next()
    if (step.kind !== 'read') throw new Error(step.kind)
    workspace.pass(60_000)
    lastMs = workspace.clock.wallMs
    const given = { studyId, readId: step.readId, answers: ANSWERS, activeMs: 900, awayMs: 0, tools: {} }
    await workspace.call('study:submit', given)
  }
  const flags = async () => {
    await workspace.signIn('coordinator')
    const { readers } = await workspace.call('study:read-board', { studyId })
    await workspace.signIn('reader1')
    return readers[0]!.clockFlags
  }
  const calendar = () => workspace.call('study:calendar', { studyId, language: 'en' })
  return { workspace, studyId, next, firstMs: startMs + 60_000, lastMs, flags, calendar }
}

describe('the washout, whatever the clock on the wall makes of it', () => {
  it.each([
    ['America/New_York', 'clocks go back on 1 November', Date.UTC(2026, 9, 20, 14)],
    ['America/New_York', 'clocks go forward on 14 March', Date.UTC(2027, 2, 1, 14)],
    ['Europe/Berlin', 'clocks go back on 25 October', Date.UTC(2026, 9, 10, 7)],
    ['Europe/Berlin', 'clocks go forward on 28 March', Date.UTC(2027, 2, 10, 7)],
    ['Australia/Lord_Howe', 'clocks move by half an hour', Date.UTC(2026, 8, 20, 0)],
    ['Asia/Shanghai', 'clocks never move', Date.UTC(2026, 9, 20, 14)],
    ['UTC', 'seconds since 1970 outgrow 31 bits', Date.UTC(2037, 11, 30)],
  ])('lasts 28 days of 24 hours in %s, where %s', async (zone, _, startMs) => {
    const { workspace, next, firstMs, flags, calendar } = await readFourIn(zone, startMs)
    const step = await next()
    if (step.kind !== 'waiting') throw new Error(step.kind)
    const opensMs = step.opensMs
    // The sitting opens with the first case that is due.
    expect(opensMs).toBeGreaterThanOrEqual(firstMs + 28 * DAY)
    expect((opensMs - firstMs) % 60_000).toBe(0)
    expect(await calendar()).toMatch(/DTSTART:\d{8}T\d{6}Z/)
    // Run on over the change, with the computer on: the wall jumps in its own digits only.
    workspace.pass(opensMs - workspace.clock.wallMs - 1)
    workspace.clock.offsetMinutes = offsetAt(workspace.clock.wallMs)
    expect((await next()).kind).toBe('waiting')
    workspace.pass(1)
    expect((await next()).kind).toBe('read')
    expect(await flags()).toBe(0)
  })

  it('does not change when a laptop flies from Shanghai to New York in between', async () => {
    const { workspace, next, flags } = await readFourIn('Asia/Shanghai', Date.UTC(2026, 9, 20, 14))
    const before = await next()
    process.env['TZ'] = 'America/New_York'
    workspace.clock.offsetMinutes = offsetAt(workspace.clock.wallMs)
    workspace.pass(DAY)
    const after = await next()
    expect(after).toEqual(before)
    expect(await flags()).toBe(0)
  })

  it('refuses a wall clock that was set by a time zone’s difference instead of the zone: back; and flags it: forward', async () => {
    const { workspace, next, flags } = await readFourIn('Asia/Shanghai', Date.UTC(2026, 9, 20, 14))
    workspace.clock.wallMs -= 12 * HOUR
    await expect(next()).rejects.toThrow('Set it right')
    workspace.clock.wallMs += 24 * HOUR
    await next()
    expect(await flags()).toBe(1)
  })

  const GAMES = LONG ? 1000 : 200
  it(`refuses each of ${GAMES} steps back of more than five minutes, and none of less`, async () => {
    const { workspace, next } = await readFourIn('UTC', Date.UTC(2026, 9, 20, 14))
    const now = workspace.clock.wallMs
    let refused = 0
    for (let game = 0; game < GAMES; game++) {
      workspace.clock.wallMs = now - 5 * 60_000 - 1 - Math.round(game ** 3 * 1000)
      await next().catch((error: { code: string }) => (refused += error.code === 'study/clock-back' ? 1 : 0))
    }
    expect(refused).toBe(GAMES)
    workspace.clock.wallMs = now - 5 * 60_000
    expect((await next()).kind).toBe('waiting')
  })
})
