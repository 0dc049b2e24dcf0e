import { describe, expect, it } from 'vitest'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { studyRecord } from '../../../src-main/app/studies/closing.ts'
import { bundleFiles } from '../../../src-main/reader-study/bundle/bundle-files.ts'
import { verifyBundle } from '../../../src-main/reader-study/bundle/verify.ts'
import { CUSTODIANS, lockedStudy, studiedWorkspace } from './studied-workspace.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ANSWERS = { confidence: 40, call: 'no', seen: 'no' }

async function roomOf(finalOnSubmit: boolean, { cases = 6, training = 0 } = {}) {
  const workspace = await studiedWorkspace(1)
  await workspace.signIn('coordinator')
  const edit = (protocol: StudyProtocol): StudyProtocol => ({ ...protocol, finalOnSubmit })
  const { studyId } = await lockedStudy(workspace, cases, { training, edit })
  await workspace.signIn('reader1')
  const next = () => workspace.call('study:next-step', { studyId })
  const submit = (readId: string, answers: Record<string, number | string> = ANSWERS, activeMs = 20_000) =>
    workspace.call('study:submit', { studyId, readId, answers, activeMs, awayMs: 0, tools: { play: 1 } })
  const read = async (answers?: Record<string, number | string>): Promise<string> => {
    const step = await next()
    if (step.kind !== 'read') throw new Error(step.kind)
    workspace.pass(30_000)
    await submit(step.readId, answers)
    return step.readId
  }
  const reopen = (readId: string) => workspace.call('study:reopen', { studyId, readId })
  return { workspace, studyId, next, submit, read, reopen }
}

describe('answers that the protocol does not make final', () => {
  it('are shown again within their sitting, changed, and both kept', async () => {
    const { workspace, studyId, next, submit, read, reopen } = await roomOf(false)
    const first = await read()
    await read()
    expect(await next()).toMatchObject({
      number: 3,
      revising: false,
      revisable: [{ readId: first, number: 1, revisions: 0 }, { number: 2 }],
    })
    expect(await reopen(first)).toMatchObject({
      readId: first,
      number: 1,
      of: 6,
      revising: true,
      answers: ANSWERS,
      activeMs: 20_000,
    })
    workspace.pass(10_000)
    await submit(first, { ...ANSWERS, confidence: 90, call: 'yes' }, 29_000)
    // The case that was due before is due again; nothing was skipped.
    expect(await next()).toMatchObject({ number: 3, revisable: [{ readId: first, revisions: 1 }, { revisions: 0 }] })

    await workspace.signIn('coordinator')
    const [board] = (await workspace.call('study:read-board', { studyId })).readers
    expect(board!.stages[0]).toMatchObject({ submitted: 2, medianActiveS: 24.5 })
    await workspace.call('study:lock-data', { studyId, reason: 'Enough for this test.' })
    const passphrases: [string, string] = [CUSTODIANS[0].passphrase, CUSTODIANS[1].passphrase]
    await workspace.call('study:unblind', { studyId, passphrases })
    const record = studyRecord(workspace.access(), studyId)
    const files = bundleFiles(record)
    const text = (name: string): string[] => Buffer.from(files.get(name)!).toString().trim().split('\r\n')
    const { caseId } = record.reads.find((one) => one.readId === first)!
    expect(text('answer-history.csv').slice(1)).toEqual([
      expect.stringMatching(new RegExp(`^1,${caseId},stage-1,ecg,1,confidence,40,90,2026-`)),
      expect.stringMatching(new RegExp(`^1,${caseId},stage-1,ecg,1,call,no,yes,2026-`)),
    ])
    const wide = text('answers-wide.csv').find((line) => line.split(',')[2] === String(caseId))!
    expect(wide).toContain(',90,yes,')
    expect(verifyBundle(files).filter((one) => !one.ok)).toEqual([])
    expect(Buffer.from(files.get('analysis.json')!).toString()).toContain('1 reads were submitted again')
  })

  it('keep half a change and its time over a crash, and are open to nobody who did not open them', async () => {
    const { workspace, studyId, submit, read, reopen } = await roomOf(false)
    const readId = await read()
    await expect(submit(readId)).rejects.toThrow('not the one to be read')
    await reopen(readId)
    workspace.pass(5_000)
    await workspace.call('study:save-answers', {
      studyId,
      readId,
      answers: { confidence: 60 },
      activeMs: 24_000,
      awayMs: 0,
    })
    workspace.restart()
    await workspace.signIn('reader1')
    expect(await reopen(readId)).toMatchObject({ answers: { confidence: 60 }, activeMs: 24_000 })
    await submit(readId, ANSWERS, 25_000)
    await expect(submit(readId)).rejects.toThrow('not the one to be read')
  })

  it('close with their sitting: twelve hours later, and when the next stage begins', async () => {
    const { workspace, next, read, reopen } = await roomOf(false)
    const ids: string[] = []
    for (let i = 0; i < 6; i++) ids.push(await read())
    expect(await next()).toMatchObject({ kind: 'waiting', revisable: { length: 6 } })
    workspace.pass(13 * HOUR)
    expect(await next()).toMatchObject({ kind: 'waiting', revisable: [] })
    await expect(reopen(ids[0]!)).rejects.toThrow('sitting is over')
    workspace.pass(28 * DAY)
    // Answers of stage 1 never come back into the window of stage 2.
    expect(await next()).toMatchObject({ kind: 'read', revisable: [] })
    await expect(reopen(ids[0]!)).rejects.toThrow('sitting is over')
  })

  it('begin the washout anew: it counts from the last look at the case', async () => {
    const { workspace, next, read, reopen } = await roomOf(false, { cases: 4 })
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push(await read())
    workspace.pass(10 * HOUR)
    for (const readId of ids) await reopen(readId)
    const step = await next()
    expect(step.kind === 'waiting' && step.opensMs).toBe(workspace.clock.wallMs + 28 * DAY)
  })

  it('are none of a training case, of which the truth was told', async () => {
    const { next, read, reopen } = await roomOf(false, { training: 1 })
    const training = await read()
    const counted = await read()
    expect(await next()).toMatchObject({ revisable: [{ readId: counted, number: 2 }] })
    await expect(reopen(training)).rejects.toThrow('can no longer be changed')
  })

  it('are none at all where a submission is final', async () => {
    const { next, read, reopen } = await roomOf(true)
    const readId = await read()
    expect(await next()).toMatchObject({ final: true, revisable: [] })
    await expect(reopen(readId)).rejects.toThrow('can no longer be changed')
  })
})
