import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { exportBatchCsv } from '../../../src-main/app/exports/batch-csv.ts'
import { describeItem } from '../../../src-main/app/batch/summarise.ts'
import { verifyAudit } from '../../../src-main/registry/audit/verify.ts'
import { requeueItems, type ItemOutcome } from '../../../src-main/registry/tables/batch-items.ts'
import { listItems, listQuestions } from '../../../src-main/registry/tables/batch-lists.ts'
import { assignRecording } from '../../../src-main/registry/tables/recordings.ts'
import type { ReadableDb } from '../../../src-main/registry/database.ts'
import { ADMINISTRATOR, temporaryFolder } from '../../registry/support.ts'
import { newDesk, stillEngine } from './batch-support.ts'
import { makeFiles } from './made-files.ts'

const outcomes = (db: ReadableDb, batchId: string): [string, ItemOutcome | null][] =>
  listItems(db, { batchId, outcomes: [], text: '' }, 0, 500).map(({ path, outcome }) => [
    path.slice(path.lastIndexOf('/') + 1),
    outcome,
  ])
const count = (db: ReadableDb, table: string): number =>
  (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

describe('a batch', () => {
  it('gives every file of a folder one outcome, and leaves the folder as it was', async () => {
    const { desk, registry } = await newDesk()
    const folder = temporaryFolder()
    makeFiles(folder, [
      { name: 'a', index: 1, format: 'wfdb' },
      { name: 'b', index: 2 },
      { name: 'c', index: 2, format: 'wfdb' },
    ])
    mkdirSync(join(folder, 'deeper'))
    makeFiles(join(folder, 'deeper'), [{ name: 'd', index: 3 }])
    copyFileSync(join(folder, 'b.dcm'), join(folder, 'e.dcm'))
    writeFileSync(join(folder, 'notes.txt'), 'no recording')
    const before = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'match' })
    await desk.idle(batchId!)
    expect(outcomes(registry.db, batchId!)).toEqual([
      ['a.hea', 'screened'],
      ['b.dcm', 'screened'],
      // The same waveform in another format.
      ['c.hea', 'known'],
      ['d.dcm', 'screened'],
      ['e.dcm', 'known'],
      ['notes.txt', 'refused'],
    ])
    expect([count(registry.db, 'recording'), count(registry.db, 'screening')]).toEqual([3, 3])
    expect(desk.summary(batchId!)).toMatchObject({ state: 'finished', codes: [{ code: 'format/unknown', count: 1 }] })
    expect(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])).toEqual(before)
    expect(verifyAudit(registry.db, []).ok).toBe(true)
    await desk.close()
  })

  it('links by ID and identity, makes patients where it may, and waits for a human where they differ', async () => {
    const { desk, registry, by } = await newDesk()
    const folder = temporaryFolder()
    const wang = { id: 'P1', name: 'Wang^Xiaoming', sex: 'male', birthDate: '1980-02-03' } as const
    makeFiles(folder, [
      { name: 'a', index: 1, patient: wang },
      { name: 'b', index: 2, patient: wang },
      { name: 'c', index: 3, patient: { ...wang, name: 'Li^Na', sex: 'female' } },
      { name: 'd', index: 4, patient: { ...wang, birthDate: '1980-03-02' } },
    ])
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'create' })
    await desk.idle(batchId!)
    const rows = () =>
      listItems(registry.db, { batchId: batchId!, outcomes: [], text: '' }, 0, 9).map((item) =>
        describeItem(registry.db, folder, item),
      )
    expect(rows().map(({ outcome, waitingFor, patient }) => [outcome, waitingFor, patient?.localId])).toEqual([
      ['screened', null, 'P1'],
      ['screened', null, 'P1'],
      ['waiting', 'identity', undefined],
      ['waiting', 'identity', undefined],
    ])
    expect(rows()[2]!.differing.map(({ field }) => field)).toEqual(['name', 'sex'])
    expect(count(registry.db, 'patient')).toBe(1)
    const [first, , third] = rows()
    const identity = { differing: ['name', 'sex'], reason: 'seen the card' }
    registry.change(by, (change) => assignRecording(change, third!.recordingId!, first!.patient!.id, identity))
    expect(rows()[2]).toMatchObject({ outcome: 'screened', waitingFor: null, patient: { localId: 'P1' } })
    await desk.close()
  })

  it('takes patients from a table, and starts none whose rows are wrong', async () => {
    const { desk, registry } = await newDesk()
    const folder = temporaryFolder()
    makeFiles(join(folder, 'ecg'), [{ name: 'a', index: 1 }, { name: 'b', index: 2 }]) // prettier-ignore
    const table = join(folder, 'list.csv')
    writeFileSync(table, 'file,patient_id,name\necg/a.dcm,P1,One\necg/b.dcm,P2,\n')
    const order = { kind: 'csv', source: table, assignment: 'match' } as const
    const refused = await desk.start(order)
    expect(refused).toMatchObject({ batchId: null, problems: [{ row: 3, column: 'name' }] })
    expect(count(registry.db, 'batch')).toBe(0)
    writeFileSync(table, 'file,patient_id,name\necg/a.dcm,P1,One\necg/b.dcm,,\necg/c.dcm,P1,One\n')
    const { batchId } = await desk.start(order)
    await desk.idle(batchId!)
    const rows = listItems(registry.db, { batchId: batchId!, outcomes: [], text: '' }, 0, 9)
    expect(rows.map((item) => [item.row, item.outcome, item.error?.code])).toEqual([
      [2, 'screened', undefined],
      [3, 'screened', undefined],
      [4, 'refused', 'file/not-found'],
    ])
    expect(describeItem(registry.db, table, rows[0]!)).toMatchObject({ file: 'ecg/a.dcm', patient: { name: 'One' } })
    await desk.close()
  })

  it('lets files wait for an answer, and reads all of the same header with it', async () => {
    const { desk, registry, by, answers } = await newDesk()
    const folder = temporaryFolder()
    makeFiles(
      folder,
      [1, 2, 3].map((index) => ({ name: `t${index}`, index, format: 'csv' as const })),
    )
    // A table that names its leads and says nothing of unit and rate.
    for (const name of readdirSync(folder)) {
      const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split(/\r?\n/)
      const body = lines.filter((line) => /^[-\d]/.test(line)).map((line) => line.split(',').slice(-12).join(','))
      writeFileSync(join(folder, name), ['I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6', ...body].join('\n'))
    }
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'match' })
    await desk.idle(batchId!)
    expect(outcomes(registry.db, batchId!).map(([, outcome]) => outcome)).toEqual(['waiting', 'waiting', 'waiting'])
    const [question, ...others] = listQuestions(registry.db, batchId!)
    expect([question?.count, others]).toEqual([3, []])
    answers.keep(question!.header!, { unit: 'mV', rateHz: 500 })
    registry.change(by, (change) => requeueItems(change, question!.item, null))
    desk.reopen(batchId!)
    await vi.waitFor(() => expect(desk.summary(batchId!).state).toBe('finished'), { timeout: 20_000 })
    expect(outcomes(registry.db, batchId!).map(([, outcome]) => outcome)).toEqual(['screened', 'screened', 'screened'])
    await desk.close()
  })

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

  it('reports in a table that a spreadsheet runs nothing of', async () => {
    const { desk, registry, by } = await newDesk()
    const folder = temporaryFolder()
    makeFiles(folder, [{ name: '=cmd', index: 1, patient: { id: '000123', name: '=HYPERLINK("x")' } }])
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'create' })
    await desk.idle(batchId!)
    const { text } = exportBatchCsv(registry, by, batchId!)
    expect(text).toContain(`"'=cmd.dcm",,"screened"`)
    expect(text).toContain(`"'000123","'=HYPERLINK(""x"")"`)
    expect(text).toContain('"screened",1\r\n')
    expect(text).toMatch(/"signed head",.*cardionets-audit-head.*\r\n$/)
    await desk.close()
  })
})
