import { describe, expect, it } from 'vitest'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { lockedStudy, studiedWorkspace, type StudiedWorkspace } from './studied-workspace.ts'

const ANSWERS = { confidence: 40, call: 'no', seen: 'no' }
const PASSPHRASE = 'by telephone'
const REASON = 'Readers asked for shorter sittings.'

/** A coordinator's computer and a laptop that holds the study of its reader. */
async function deskAndLaptop() {
  const desk = await studiedWorkspace(1)
  await desk.signIn('coordinator')
  const { studyId } = await lockedStudy(desk, 6)
  const laptop = await studiedWorkspace(1)
  laptop.clock.wallMs = desk.clock.wallMs
  await laptop.signIn('reader1')
  const packed = async () => {
    await desk.signIn('coordinator')
    return (await desk.call('study:export-package', { studyId, readerId: 1, passphrase: PASSPHRASE })).bytes
  }
  const take = (file: Uint8Array) =>
    laptop.call('study:import-package', { file: Uint8Array.from(file), passphrase: PASSPHRASE })
  const carryBack = async () => {
    const { bytes } = await laptop.call('study:export-answers', { studyId })
    await desk.signIn('coordinator')
    return desk.call('study:merge-answers', { studyId, file: bytes })
  }
  const readOn = async (workspace: StudiedWorkspace) => {
    const step = await workspace.call('study:next-step', { studyId })
    if (step.kind !== 'read') throw new Error(step.kind)
    const given = { studyId, readId: step.readId, answers: ANSWERS, activeMs: 10, awayMs: 0, tools: {} }
    await workspace.call('study:submit', given)
    return step.readId
  }
  const versionHere = async () => (await laptop.call('study:list-mine', undefined))[0]!.version
  await take(await packed())
  return { desk, laptop, studyId, packed, take, carryBack, readOn, versionHere }
}

/** What the trail says of the last such action. */
const lastOf = (workspace: StudiedWorkspace, action: string): unknown =>
  JSON.parse(
    listAudit(workspace.access().registry().db, { kind: 'study', limit: 99 }).find((entry) => entry.action === action)!
      .afterJson!,
  )

const sitting = async (desk: StudiedWorkspace, studyId: never) =>
  (await desk.call('study:read-draft', { studyId })).protocol.sitting

describe('an amendment on its way to a laptop', () => {
  it('arrives with a new package: the study there follows it, its answers untouched, and they come back', async () => {
    const { desk, laptop, studyId, packed, take, carryBack, readOn, versionHere } = await deskAndLaptop()
    const read = [await readOn(laptop), await readOn(laptop)]
    const changes = { title: 'Renamed', sitting: { ...(await sitting(desk, studyId as never)), awayAfterS: 77 } }
    await desk.call('study:amend', { studyId, changes, reason: REASON })
    expect(await take(await packed())).toMatchObject({
      known: true,
      title: 'Renamed',
      versions: 1,
      lines: 0,
      conflicts: [],
    })
    expect(await versionHere()).toBe(2)
    // The third case, under the new protocol; the first two are not asked again.
    const step = await laptop.call('study:next-step', { studyId })
    expect(step).toMatchObject({ kind: 'read', number: 3, awayAfterS: 77 })
    read.push(await readOn(laptop))
    expect(new Set(read).size).toBe(3)
    expect(await carryBack()).toMatchObject({ added: 6, conflict: null })
    expect(lastOf(laptop, 'study:update-package')).toMatchObject({ versions: 1, lines: 0 })
    // What was locked at the desk is what the laptop says it took.
    expect(lastOf(desk, 'study:lock')).toEqual(lastOf(laptop, 'study:import-package'))
    expect(lastOf(desk, 'study:merge-answers')).toMatchObject({ readerId: 1, added: 6 })
    // The same package again changes nothing.
    expect(await take(await packed())).toMatchObject({ known: true, versions: 0, lines: 0, conflicts: [] })
  })

  it('takes an early opening along, which the coordinator signed into the reader’s log', async () => {
    const { desk, laptop, studyId, packed, take, carryBack, readOn } = await deskAndLaptop()
    for (let i = 0; i < 6; i++) await readOn(laptop)
    await carryBack()
    expect((await laptop.call('study:next-step', { studyId })).kind).toBe('waiting')
    await desk.call('study:open-early', { studyId, readerId: 1, stageId: 'stage-2', reason: REASON })
    expect(await take(await packed())).toMatchObject({ lines: 1, conflicts: [] })
    expect((await laptop.call('study:next-step', { studyId })).kind).toBe('read')
  })

  it('changes no question of reads that were made meanwhile: the conflict is shown on both sides, and nothing is lost', async () => {
    const { desk, laptop, studyId, packed, take, carryBack, readOn, versionHere } = await deskAndLaptop()
    await readOn(laptop)
    const { protocol } = await desk.call('study:read-draft', { studyId })
    const questions = protocol.questions.map((one) => ({ ...one, required: !one.required }))
    await desk.call('study:amend', { studyId, changes: { questions }, reason: REASON })
    const conflict = { code: 'study/read-under-another', values: { reader: 1, read: 1, now: 2 } }
    expect(await take(await packed())).toMatchObject({ versions: 0, lines: 0, conflicts: [conflict] })
    expect(await versionHere()).toBe(1)
    expect(await carryBack()).toMatchObject({ added: 0, conflict })
    // Back to what was read: the answers are taken.
    await desk.call('study:amend', { studyId, changes: { questions: protocol.questions }, reason: REASON })
    expect(await carryBack()).toMatchObject({ added: 2, conflict: null })
    expect(await take(await packed())).toMatchObject({ versions: 2, conflicts: [] })
  })

  it('leaves the lines of the laptop where the reader went on in both places, and says so', async () => {
    const { desk, laptop, studyId, packed, take, readOn, versionHere } = await deskAndLaptop()
    await readOn(laptop)
    await desk.signIn('reader1')
    await readOn(desk)
    await desk.call('study:begin-pause', { studyId })
    await desk.signIn('coordinator')
    await desk.call('study:amend', { studyId, changes: { title: 'Renamed' }, reason: REASON })
    expect(await take(await packed())).toMatchObject({
      versions: 1,
      lines: 0,
      conflicts: [{ code: 'study/lines-part' }],
    })
    expect(await versionHere()).toBe(2)
    expect((await laptop.call('study:list-mine', undefined))[0]!.submitted).toBe(1)
  })

  it('is refused where the study was locked, and answers come to no locked data', async () => {
    const { desk, laptop, studyId, packed, carryBack, readOn } = await deskAndLaptop()
    const file = await packed()
    await desk.signIn('reader1')
    await expect(
      desk.call('study:import-package', { file: Uint8Array.from(file), passphrase: PASSPHRASE }),
    ).rejects.toThrow('already')
    await readOn(laptop)
    await desk.signIn('coordinator')
    await desk.call('study:lock-data', { studyId, reason: 'All planned reads are done.' })
    await expect(carryBack()).rejects.toThrow('no answers are taken any more')
  })
})
