import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import {
  admitPerson,
  changeOwnPassword,
  replaceRecoveryCode,
  revokeAccess,
} from '../../src-main/registry/access/manage-people.ts'
import { ACCESS_FILE, AccessStore } from '../../src-main/registry/access/access-store.ts'
import { KeyCabinet } from '../../src-main/registry/access/key-cabinet.ts'
import { waitAfterFailuresMs } from '../../src-main/registry/access/throttle.ts'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { Registry } from '../../src-main/registry/registry.ts'
import { ADMINISTRATOR, newWorkspace, QUICK, temporaryFolder, testClock } from './support.ts'

const reopened = (workspace: string, environment = testClock(), parameters = QUICK) =>
  WorkspaceAccess.open({ workspace, environment, parameters })

const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

const NURSE = { loginName: 'nurse', displayName: 'Nurse', roles: ['operator'] as const, password: 'another password' }

describe('signing in', () => {
  it('opens the registry for the right password and for nothing else', async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    const again = reopened(workspace)
    expect(again.describe().state).toBe('locked')
    expect(() => again.registry()).toThrow(expect.objectContaining({ code: 'access/locked' }))
    expect(await codeOf(again.signIn('admin', 'wrong'))).toBe('access/refused')
    await again.signIn(' ADMIN ', ADMINISTRATOR.password)
    expect(again.describe()).toMatchObject({ state: 'open', person: { displayName: 'Administrator' } })
    again.close()
  })

  it('makes no empty registry in place of one that is gone', async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    const path = join(workspace, 'registry', 'registry.db')
    rmSync(path)
    const again = reopened(workspace)
    expect(await codeOf(again.signIn('admin', ADMINISTRATOR.password))).toBe('registry/missing')
    expect(existsSync(path)).toBe(false)
    again.close()
  })

  it('keeps no name, password or key readable beside the registry', async () => {
    const { workspace, access } = await newWorkspace()
    const key = Buffer.from(access.dataKey())
    access.close()
    const file = readFileSync(join(workspace, 'registry', 'access.db'))
    for (const secret of ['admin', 'Administrator', ADMINISTRATOR.password, key, key.toString('hex')]) {
      expect(file.includes(secret)).toBe(false)
    }
  })

  it('closes the registry and overwrites the key on lock, unless unattended work holds it', async () => {
    const { access, registry } = await newWorkspace()
    const key = access.dataKey()
    const { release } = access.holdOpen()
    access.lock()
    expect(registry.db.open).toBe(true)
    expect(() => access.registry()).toThrow(expect.objectContaining({ code: 'access/locked' }))
    release()
    expect(registry.db.open).toBe(false)
    expect(key.every((byte) => byte === 0)).toBe(true)
    expect(access.describe()).toMatchObject({ state: 'locked', lockedPerson: { loginName: 'admin' } })
    access.close()
  })

  it('starts anew where a first start was cut off before anybody had a key, and deletes nothing', async () => {
    const workspace = temporaryFolder()
    const directory = join(workspace, 'registry')
    AccessStore.open(directory).close()
    Registry.open({ directory, dataKey: Buffer.alloc(32, 7) }).close()
    const access = reopened(workspace)
    expect(access.describe().state).toBe('absent')
    await access.create(ADMINISTRATOR)
    access.signOut()
    await access.signIn('admin', ADMINISTRATOR.password)
    expect(readdirSync(directory).filter((name) => name.startsWith('cut-off-'))).toHaveLength(1)
    access.close()
  })

  it('leaves a password that opens, wherever a first start is cut off after the first key', async () => {
    const workspace = temporaryFolder()
    const access = reopened(workspace)
    const keep = vi.spyOn(KeyCabinet.prototype, 'keepForCode').mockRejectedValue(new Error('killed'))
    await expect(access.create(ADMINISTRATOR)).rejects.toThrow('killed')
    keep.mockRestore()
    const again = reopened(workspace)
    expect(again.describe().state).toBe('locked')
    await again.signIn('admin', ADMINISTRATOR.password)
    again.close()
  })

  it('says that the keys are gone instead of offering a first start beside the registry', async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    const before = readFileSync(join(workspace, 'registry', 'registry.db'))
    rmSync(join(workspace, 'registry', 'access.db'))
    expect(() => reopened(workspace)).toThrow(expect.objectContaining({ code: 'registry/keys-missing' }))
    expect(readFileSync(join(workspace, 'registry', 'registry.db'))).toEqual(before)
    expect(readdirSync(join(workspace, 'registry'))).not.toContain('access.db')
  })

  it('stretches a password anew where the parameters were raised', async () => {
    const { workspace, access, by } = await newWorkspace()
    access.close()
    const again = reopened(workspace, testClock(), { ...QUICK, passes: 2 })
    await again.signIn('admin', ADMINISTRATOR.password)
    again.close()
    const store = AccessStore.open(join(workspace, 'registry'))
    expect(store.wrapOf({ owner: by.id })?.parameters.passes).toBe(2)
    store.close()
  })

  it('says in the trail how a workspace began, and when its recovery code was renewed', async () => {
    const { access, recoveryCode } = await newWorkspace()
    const renewed = await replaceRecoveryCode(access, ADMINISTRATOR.password)
    expect(listAudit(access.registry().db, { limit: 9 }).map(({ action }) => action)).toEqual([
      'registry:replace-recovery-code',
      'session:sign-in',
      'person:add',
      'registry:create-signing-key',
      'registry:create',
    ])
    access.signOut()
    expect(await codeOf(access.recover(recoveryCode, 'admin', 'a third password'))).toBe('access/refused')
    await access.recover(renewed, 'admin', 'a third password')
    access.close()
  })

  it('takes access away at once and for good', async () => {
    const { workspace, access } = await newWorkspace()
    const nurse = await admitPerson(access, NURSE)
    revokeAccess(access, nurse.id, 'left')
    access.close()
    const again = reopened(workspace)
    expect(await codeOf(again.signIn('nurse', NURSE.password))).toBe('access/refused')
    again.close()
  })

  it('changes a password, and recovers one by the printed code, which works once', async () => {
    const { workspace, access, recoveryCode } = await newWorkspace()
    await changeOwnPassword(access, ADMINISTRATOR.password, 'a second password')
    access.close()
    const again = reopened(workspace)
    expect(await codeOf(again.signIn('admin', ADMINISTRATOR.password))).toBe('access/refused')
    await again.signIn('admin', 'a second password')
    again.signOut()
    const typed = recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
    await again.recover(typed, 'admin', 'a third password')
    again.signOut()
    await again.signIn('admin', 'a third password')
    again.signOut()
    expect(await codeOf(again.recover(recoveryCode, 'admin', 'a fourth password'))).toBe('access/refused')
    again.close()
  })
})

describe('guessing', () => {
  it('waits twice as long after each wrong password from the fifth on, fifteen minutes at most', () => {
    expect([1, 4, 5, 6, 7, 14, 15, 1000].map(waitAfterFailuresMs)).toEqual([0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000]) // prettier-ignore
  })

  it('stays slow through restarts and whatever is done to the clock', async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    let judged = 0
    for (let restart = 0; restart < 8; restart += 1) {
      const clock = testClock()
      // The clock on the wall says any year; only the run's own clock counts.
      clock.wallMs = [0, 4e12, 1e12][restart % 3]!
      const again = reopened(workspace, clock)
      for (let guess = 0; guess < 20; guess += 1) {
        clock.wallMs += 3_600_000
        const code = await codeOf(again.signIn('admin', `guess ${restart} ${guess}`))
        if (code === 'access/refused') judged += 1
        else expect(code).toBe('access/wait')
      }
      again.close()
    }
    expect(judged).toBe(5)
  })

  it('lets the right person in after the wait: nobody is locked out for good', async () => {
    const clock = testClock()
    const { access } = await newWorkspace(clock)
    access.lock()
    for (let guess = 0; guess < 5; guess += 1) await codeOf(access.signIn('admin', 'wrong'))
    expect(await codeOf(access.signIn('admin', ADMINISTRATOR.password))).toBe('access/wait')
    clock.runMs += 1000
    await access.signIn('admin', ADMINISTRATOR.password)
    expect(listAudit(access.registry().db, { limit: 2 })[1]).toMatchObject({ action: 'session:failed-sign-ins' })
    expect(JSON.parse(listAudit(access.registry().db, { limit: 2 })[1]!.afterJson!)).toMatchObject({ count: 5 })
    access.close()
  })

  it('learns nothing about which names exist', async () => {
    const { access } = await newWorkspace()
    access.lock()
    const answers = async (name: string) => {
      const seen: string[] = []
      for (let guess = 0; guess < 7; guess += 1) {
        await access
          .signIn(name, 'wrong')
          .catch((error: Error & { code: string }) => seen.push(error.code + error.message))
      }
      return seen
    }
    expect(await answers('nobody')).toEqual(await answers('admin'))
    access.close()
  })

  it('is one process at a time: a second start is told at once', async () => {
    const { workspace, access } = await newWorkspace()
    const started = performance.now()
    expect(() => reopened(workspace)).toThrow(expect.objectContaining({ code: 'registry/in-use' }))
    expect(performance.now() - started).toBeLessThan(2000)
    access.close()
    reopened(workspace).close()
  })

  it('opens where another that started in the same instant leaves again', async () => {
    const { workspace, access } = await newWorkspace()
    access.close()
    const file = join(workspace, 'registry', ACCESS_FILE)
    const hold = `const db = new (require('better-sqlite3-multiple-ciphers'))(process.argv[1])
      db.exec('BEGIN; SELECT * FROM key_wrap'); console.log('held'); setTimeout(() => db.close(), 30)`
    const other = spawn(process.execPath, ['-e', hold, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(other.stdout, 'data')
    reopened(workspace).close()
  })
})
