import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ADMINISTRATOR, temporaryFolder } from '../../registry/support.ts'
import { count, newDesk, outcomes, stillEngine } from './batch-support.ts'
import { makeFiles } from './made-files.ts'

describe('a running batch', () => {
  it('stops for a pause and a sign-out and goes on from there, and a lock ends nothing', async () => {
    const screened: number[] = []
    const { desk, access, registry } = await newDesk(
      stillEngine(async (n) => {
        screened.push(n)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }),
    )
    const folder = temporaryFolder()
    makeFiles(
      folder,
      Array.from({ length: 40 }, (_, index) => ({ name: `r${100 + index}`, index })),
    )
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'match' })
    const done = (): number => count(registry.db, 'screening')
    await vi.waitFor(() => expect(done()).toBeGreaterThan(0), { timeout: 20_000, interval: 5 })
    await desk.pause(batchId!)
    const atPause = done()
    expect(desk.summary(batchId!)).toMatchObject({ state: 'paused', working: false })
    expect(atPause).toBeLessThan(40)
    await desk.resume(batchId!)
    await vi.waitFor(() => expect(done()).toBeGreaterThan(atPause), { timeout: 20_000, interval: 5 })
    access.lock()
    const atLock = done()
    await vi.waitFor(() => expect(done()).toBeGreaterThan(atLock), { timeout: 20_000, interval: 5 })
    access.signOut()
    await desk.stopAll()
    expect(() => registry.db.prepare('SELECT 1').get()).toThrow()
    await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
    desk.resumeUnfinished()
    await desk.idle(batchId!)
    const { db } = access.registry()
    expect([count(db, 'recording'), count(db, 'screening'), count(db, 'batch_item')]).toEqual([40, 40, 40])
    expect(desk.summary(batchId!).counts.screened).toBe(40)
    await desk.close()
  })

  it('stops, with the files queued, where their drive is pulled out', async () => {
    const { desk } = await newDesk()
    const folder = join(temporaryFolder(), 'usb')
    makeFiles(
      folder,
      Array.from({ length: 30 }, (_, index) => ({ name: `r${index}`, index })),
    )
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'match' })
    await vi.waitFor(() => expect(desk.summary(batchId!).counts.queued).toBeGreaterThan(0), { interval: 5 })
    rmSync(folder, { recursive: true })
    await desk.idle(batchId!)
    const { error, counts, state } = desk.summary(batchId!)
    expect([error?.code, counts.refused, state]).toEqual(['batch/source-gone', 0, 'running'])
    await desk.close()
  })

  it('watches a folder, locked or not: takes a file once it stays the same, and again when it was written anew', async () => {
    const { access, desk, registry } = await newDesk()
    const folder = temporaryFolder()
    const { batchId } = await desk.start({ kind: 'watch', source: folder, assignment: 'match' })
    const all = () => outcomes(registry.db, batchId!)
    const elsewhere = temporaryFolder()
    makeFiles(elsewhere, [{ name: 'slow', index: 1 }, { name: 'late', index: 2, format: 'wfdb' }]) // prettier-ignore
    const whole = readFileSync(join(elsewhere, 'slow.dcm'))
    for (let part = 1; part <= 10; part += 1) {
      writeFileSync(join(folder, 'slow.dcm'), whole.subarray(0, Math.ceil((whole.length * part) / 10)))
      await new Promise((resolve) => setTimeout(resolve, 40))
      if (part < 10) expect(all()).toEqual([])
    }
    await vi.waitFor(() => expect(all()).toEqual([['slow.dcm', 'screened']]), { timeout: 20_000 })
    // A header whose signals are copied after it is read once they are there.
    copyFileSync(join(elsewhere, 'late.hea'), join(folder, 'late.hea'))
    await vi.waitFor(() => expect(all()).toContainEqual(['late.hea', 'refused']), { timeout: 20_000 })
    copyFileSync(join(elsewhere, 'late.dat'), join(folder, 'late.dat'))
    await vi.waitFor(() => expect(all()).toContainEqual(['late.hea', 'screened']), { timeout: 20_000 })
    await desk.stopAll()
    makeFiles(folder, [{ name: 'meanwhile', index: 3 }])
    await desk.resume(batchId!)
    await vi.waitFor(() => expect(all()).toContainEqual(['meanwhile.dcm', 'screened']), { timeout: 20_000 })
    expect(all()).toHaveLength(4)
    access.lock()
    makeFiles(folder, [{ name: 'while-locked', index: 4 }])
    await vi.waitFor(() => expect(all()).toContainEqual(['while-locked.dcm', 'screened']), { timeout: 20_000 })
    await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
    await desk.cancel(batchId!)
    expect(desk.summary(batchId!)).toMatchObject({ state: 'cancelled', working: false })
    await desk.close()
  })
})
