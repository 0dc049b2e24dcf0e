import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { exportBatchCsv } from '../../../src-main/app/exports/batch-csv.ts'
import { describeItem } from '../../../src-main/app/batch/summarise.ts'
import { verifyAudit } from '../../../src-main/registry/audit/verify.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { refuseWaiting, requeueItems } from '../../../src-main/registry/tables/batch-items.ts'
import { listItems, listQuestions } from '../../../src-main/registry/tables/batch-lists.ts'
import { assignRecording } from '../../../src-main/registry/tables/recordings.ts'
import { temporaryFolder } from '../../registry/support.ts'
import { count, newDesk, outcomes } from './batch-support.ts'
import { makeFiles } from './made-files.ts'

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

  it('leaves a file refused that nobody can answer for, and the trail says so', async () => {
    const { desk, registry, by } = await newDesk()
    const folder = temporaryFolder()
    const line = Array.from({ length: 12 }, () => '1').join(',')
    const lines = ['I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6', ...Array.from({ length: 5000 }, () => line)]
    writeFileSync(join(folder, 'a.csv'), lines.join('\n'))
    const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'match' })
    await desk.idle(batchId!)
    const [question] = listQuestions(registry.db, batchId!)
    registry.change(by, (change) => refuseWaiting(change, question!.item))
    expect(outcomes(registry.db, batchId!)).toEqual([['a.csv', 'refused']])
    const [left] = listAudit(registry.db, { kind: 'batch', limit: 1 })
    expect(left).toMatchObject({ action: 'batch:refuse-waiting', id: batchId })
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
