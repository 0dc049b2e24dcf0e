import { randomInt } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { admitPerson } from '../../src-main/registry/access/manage-people.ts'
import { PRESENT_PARAMETERS, type StretchParameters } from '../../src-main/registry/access/password-key.ts'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { ADMINISTRATOR, newWorkspace, QUICK, testClock } from './support.ts'

/** 10,000 by `npm run bench:durability`. */
const GUESSES = Number(process.env['CARDIONETS_GUESSES'] ?? 150)
/** Pairs of timed sign-ins; they need a quiet computer and say nothing in CI, where the work itself is counted. */
const TIMED_PAIRS = Number(process.env['CARDIONETS_TIMED_SIGN_INS'] ?? 0)
const UNKNOWN_NAMES = 40

/** What each stretching of a password cost, in order. */
const stretched = vi.hoisted(() => [] as StretchParameters[])
vi.mock(import('../../src-main/registry/access/password-key.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    passwordKey: (password, salt, parameters) => {
      stretched.push(parameters)
      return real.passwordKey(password, salt, parameters)
    },
  }
})

const reopened = (workspace: string, environment = testClock(), parameters = QUICK) =>
  WorkspaceAccess.open({ workspace, environment, parameters })

const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

/** What one wrong sign-in cost. */
async function costOf(access: WorkspaceAccess, name: string): Promise<StretchParameters[]> {
  stretched.length = 0
  expect(await codeOf(access.signIn(name, 'a wrong password'))).toBe('access/refused')
  return [...stretched]
}

const NURSE = { loginName: 'nurse', displayName: 'Nurse', roles: ['operator'] as const, password: 'another password' }

describe('a name that nobody has', () => {
  it('costs what a known one costs', async () => {
    const { access } = await newWorkspace()
    access.lock()
    expect(await costOf(access, 'admin')).toEqual([QUICK])
    for (let index = 0; index < UNKNOWN_NAMES; index += 1) {
      expect(await costOf(access, `nobody-${index}`)).toEqual([QUICK])
    }
    access.close()
  })

  it('costs what somebody’s costs while only some have signed in since the parameters were raised', async () => {
    const raised = { ...QUICK, passes: 2 }
    const { workspace, access } = await newWorkspace()
    await admitPerson(access, NURSE)
    access.close()
    const again = reopened(workspace, testClock(), raised)
    expect(await costOf(again, 'nobody')).toEqual([QUICK])
    await again.signIn('admin', ADMINISTRATOR.password)
    again.lock()
    const known = [...(await costOf(again, 'admin')), ...(await costOf(again, 'nurse'))]
    expect(known).toEqual([raised, QUICK])
    const costs: StretchParameters[][] = []
    for (let index = 0; index < UNKNOWN_NAMES; index += 1) costs.push(await costOf(again, `nobody-${index}`))
    // Both occur, and nothing else: neither tells that a name is known.
    for (const parameters of known) expect(costs).toContainEqual([parameters])
    expect(costs.filter(([one]) => one!.passes === 2 || one!.passes === 1)).toHaveLength(UNKNOWN_NAMES)
    again.close()
  })

  const long = TIMED_PAIRS > 0 ? it : it.skip
  long('takes the time that a known one takes, within 5 %', { timeout: 3_600_000 }, async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    const clock = testClock()
    const again = reopened(workspace, clock, PRESENT_PARAMETERS)
    await again.signIn('admin', ADMINISTRATOR.password)
    again.signOut()
    const timed = async (name: string): Promise<number> => {
      clock.runMs += 1e6
      const started = performance.now()
      await codeOf(again.signIn(name, 'a wrong password'))
      return performance.now() - started
    }
    const logs: number[] = []
    for (let pair = 0; pair < TIMED_PAIRS; pair += 1) {
      // The order changes, so that what wears a computer down wears both down.
      const first = pair % 2 === 0 ? await timed('nobody') : 0
      const known = await timed('admin')
      const unknown = pair % 2 === 0 ? first : await timed('nobody')
      if (pair >= 4) logs.push(Math.log(unknown / known))
    }
    again.close()
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length
    const variance = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (logs.length - 1)
    const halfWidth = 1.96 * Math.sqrt(variance / logs.length)
    const percent = (log: number): string => `${((Math.exp(log) - 1) * 100).toFixed(2)} %`
    console.log(
      `unknown against known name over ${logs.length} pairs: ${percent(mean)} ` +
        `(95 % interval ${percent(mean - halfWidth)} to ${percent(mean + halfWidth)})`,
    )
    expect(Math.exp(mean + halfWidth)).toBeLessThan(1.05)
    expect(Math.exp(mean - halfWidth)).toBeGreaterThan(0.95)
  })
})

/** The rule as the documentation tells it: from the fifth wrong guess on a wait that doubles, 15 minutes at most. */
class Rule {
  failures = 0
  sinceMs = 0

  allows(nowMs: number): boolean {
    const waitMs = this.failures < 5 ? 0 : Math.min(2 ** (this.failures - 5) * 1000, 15 * 60_000)
    return nowMs >= this.sinceMs + waitMs
  }

  failed(nowMs: number): void {
    this.failures += 1
    this.sinceMs = nowMs
  }
}

it(
  `judges no more of ${GUESSES} guesses than the rule allows, whatever is done to the clock, and across restarts`,
  { timeout: 3_600_000 },
  async () => {
    const { workspace, access, recoveryCode } = await newWorkspace()
    access.close()
    const rules = { password: new Rule(), code: new Rule() }
    let clock = testClock()
    let open = reopened(workspace, clock)
    const judged = { password: 0, code: 0 }
    for (let guess = 0; guess < GUESSES; guess += 1) {
      if (randomInt(20) === 0) {
        // Another process gets no guesses of its own, and a restart gives none back.
        expect(() => reopened(workspace)).toThrow(expect.objectContaining({ code: 'registry/in-use' }))
        open.close()
        clock = testClock()
        open = reopened(workspace, clock)
        for (const rule of Object.values(rules)) rule.sinceMs = 0
      }
      clock.wallMs = randomInt(0, 4e12)
      clock.runMs += randomInt(3) === 0 ? randomInt(20 * 60_000) : randomInt(2000)
      const kind = randomInt(10) === 0 ? 'code' : 'password'
      const attempt =
        kind === 'code'
          ? open.recover(wrongCode(recoveryCode), 'admin', 'a new password')
          : open.signIn('admin', `guess ${guess}`)
      const allowed = rules[kind].allows(clock.runMs)
      expect(await codeOf(attempt)).toBe(allowed ? 'access/refused' : 'access/wait')
      if (!allowed) continue
      rules[kind].failed(clock.runMs)
      judged[kind] += 1
    }
    expect(judged.password).toBeGreaterThan(4)
    expect(judged.code).toBeGreaterThan(0)
    // Nobody is locked out for good, and the trail says how many guesses there were.
    clock.runMs += 15 * 60_000
    await open.signIn('admin', ADMINISTRATOR.password)
    const failures = listAudit(open.registry().db, { limit: 5 }).find(
      ({ action }) => action === 'session:failed-sign-ins',
    )
    expect(JSON.parse(failures!.afterJson!)).toMatchObject({ count: judged.password + judged.code })
    open.close()
  },
)

/** The printed code with one of its signs changed, its form kept. */
function wrongCode(code: string): string {
  const signs = [...code]
  const places = signs.flatMap((sign, place) => (/[0-9A-Z]/.test(sign) ? [place] : []))
  const place = places[randomInt(places.length)]!
  signs[place] = signs[place] === '7' ? '8' : '7'
  return signs.join('')
}
