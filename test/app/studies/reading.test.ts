import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '../../../src-preload/contract/index.ts'
import { channelAccess } from '../../../src-preload/contract/roles.ts'
import { exportAnswers } from '../../../src-main/app/studies/packages.ts'
import { lockedStudy, studiedWorkspace, CUSTODIANS } from './studied-workspace.ts'

const DAY = 86_400_000
const ANSWERS = { confidence: 40, call: 'no', seen: 'no' }

async function workspaceWithReaders(readers = 1, cases = 6, training = 0) {
  const workspace = await studiedWorkspace(readers)
  await workspace.signIn('coordinator')
  const { studyId } = await lockedStudy(workspace, cases, { training })
  await workspace.signIn('reader1')
  const next = () => workspace.call('study:next-step', { studyId })
  const read = async () => {
    const step = await next()
    if (step.kind !== 'read') throw new Error(step.kind)
    return step
  }
  const submit = async (answers: Record<string, number | string> = ANSWERS) => {
    const { readId } = await read()
    workspace.pass(30_000)
    return workspace.call('study:submit', { studyId, readId, answers, activeMs: 20_000, awayMs: 0, tools: { play: 2 } })
  }
  return { workspace, studyId, next, read, submit }
}

describe('what a reader’s channels can say', () => {
  const readerChannels = Object.entries(channelAccess).flatMap(([channel, roles]) =>
    Array.isArray(roles) && roles.includes('reader') ? [channel as keyof typeof contract] : [],
  )
  const forbidden =
    /truth|score|^arm$|arms|caseid|casetoken|itemid|patient|identity|file$|filename|others|stage|seed|sealed|probab/i

  /** All names of fields in a schema, down to the last. */
  function fieldsOf(schema: unknown): string[] {
    const definition = (schema as { _zod?: { def: Record<string, unknown> } } | undefined)?._zod?.def
    if (!definition) return []
    const shape = definition['shape'] as Record<string, unknown> | undefined
    const inner = [definition['element'], definition['innerType'], ...((definition['options'] as unknown[]) ?? [])]
    return [
      ...(shape ? Object.entries(shape).flatMap(([name, field]) => [name, ...fieldsOf(field)]) : []),
      ...inner.flatMap(fieldsOf),
    ]
  }

  it('has no field for truth, scores, arm, case, identity, file names or stage', () => {
    expect(readerChannels).toHaveLength(11)
    for (const channel of readerChannels)
      for (const field of fieldsOf(contract[channel].output)) expect(field, channel).not.toMatch(forbidden)
  })
  it('finds a field that were there', () => {
    const leaking = z.array(z.strictObject({ readId: z.string(), nested: z.strictObject({ arm: z.string() }) }))
    expect(fieldsOf(leaking).some((field) => forbidden.test(field))).toBe(true)
  })
})

describe('the reading room', () => {
  it('hands out cases whose bytes tell the arm by nothing but the picture itself', async () => {
    const { read, submit, workspace } = await workspaceWithReaders()
    for (let i = 0; i < 6; i++) await submit()
    workspace.pass(29 * DAY)
    const lengths = new Set<string>()
    for (let i = 0; i < 6; i++) {
      const step = await read()
      lengths.add(
        JSON.stringify({
          ...step,
          readId: '',
          number: 0,
          ecg: step.ecg?.length,
          cines: step.cines.map((one) => one.length),
        }),
      )
      await submit()
    }
    // Real and generated ones are among them; all that is said of each is the same.
    expect(lengths.size).toBe(1)
  })

  it('keeps half an answer and the time over a crash, and comes back to the same case', async () => {
    const { workspace, studyId, read, submit } = await workspaceWithReaders()
    await submit()
    const { readId } = await read()
    workspace.pass(20_000)
    await workspace.call('study:save-answers', {
      studyId,
      readId,
      answers: { confidence: 77 },
      activeMs: 19_000,
      awayMs: 0,
    })
    workspace.restart()
    await workspace.signIn('reader1')
    expect(await read()).toMatchObject({ readId, number: 2, of: 6, answers: { confidence: 77 }, activeMs: 19_000 })
  })

  it('takes no case but the one that is due, none twice, and none of somebody else', async () => {
    const { workspace, studyId, read, submit } = await workspaceWithReaders(2)
    const { readId } = await read()
    await submit()
    const again = { studyId, readId, answers: ANSWERS, activeMs: 1, awayMs: 0, tools: {} }
    await expect(workspace.call('study:submit', again)).rejects.toThrow('not the one to be read')
    const mine = (await read()).readId
    await workspace.signIn('reader2')
    await expect(workspace.call('study:submit', { ...again, readId: mine })).rejects.toThrow('not the one to be read')
  })

  it('does not believe more time than has passed', async () => {
    const { workspace, studyId, read } = await workspaceWithReaders()
    const { readId } = await read()
    workspace.pass(5_000)
    await workspace.call('study:submit', { studyId, readId, answers: ANSWERS, activeMs: 900_000, awayMs: 0, tools: {} })
    await workspace.signIn('coordinator')
    const board = await workspace.call('study:read-board', { studyId })
    expect(board.readers[0]!.stages[0]!.medianActiveS).toBeLessThanOrEqual(15)
  })

  it('holds the washout, refuses a clock set back, and flags one set forward', async () => {
    const { workspace, studyId, next, submit } = await workspaceWithReaders()
    for (let i = 0; i < 6; i++) await submit()
    expect(await next()).toMatchObject({ kind: 'waiting', reason: 'washout' })
    workspace.clock.wallMs += 29 * DAY
    workspace.clock.runMs += 60_000
    expect((await next()).kind).toBe('read')
    workspace.clock.wallMs -= 10 * DAY
    await expect(next()).rejects.toThrow('Set it right')
    workspace.clock.wallMs += 10 * DAY
    await workspace.signIn('coordinator')
    expect((await workspace.call('study:read-board', { studyId })).readers[0]!.clockFlags).toBeGreaterThan(0)
  })

  it('opens early only by the coordinator, with a reason', async () => {
    const { workspace, studyId, next, submit } = await workspaceWithReaders()
    for (let i = 0; i < 6; i++) await submit()
    const early = { studyId, readerId: 1, stageId: 'stage-2', reason: 'The reader leaves the hospital.' }
    await expect(workspace.call('study:open-early', early)).rejects.toThrow('roles do not allow')
    await workspace.signIn('coordinator')
    expect((await workspace.call('study:open-early', early)).readers[0]!.openedEarly).toEqual(['stage-2'])
    await workspace.signIn('reader1')
    expect((await next()).kind).toBe('read')
  })

  it('tells what a training case was, and never counts it', async () => {
    const { read, submit } = await workspaceWithReaders(1, 6, 1)
    expect(await read()).toMatchObject({ training: true, number: 1, of: 7 })
    expect((await submit()).feedback).toEqual({ disease: 'no', subtype: null })
    expect((await submit()).feedback).toBeNull()
  })

  it('opens one envelope in an emergency: audited, and nothing of other cases', async () => {
    const { workspace, studyId } = await workspaceWithReaders()
    await workspace.signIn('coordinator')
    const opened = await workspace.call('study:open-envelope', {
      studyId,
      caseId: 2,
      passphrase: CUSTODIANS[0].passphrase,
      reason: 'The treating physician must know.',
    })
    expect(opened).toMatchObject({ caseId: 2, truth: 1, subtype: 'dcm' })
    expect(opened.reads).toHaveLength(5)
  })

  it('gives the coordinator counts and times only while it runs', async () => {
    const { workspace, studyId, submit } = await workspaceWithReaders()
    await submit({ ...ANSWERS, confidence: 97 })
    await workspace.signIn('coordinator')
    const board = JSON.stringify(await workspace.call('study:read-board', { studyId }))
    expect(board).not.toMatch(/[:,[]97[,}\]]/)
    for (const channel of ['study:analyse', 'study:export-bundle'] as const)
      await expect(workspace.call(channel, { studyId })).rejects.toThrow('still blinded')
  })
})

describe('a laptop without a network', () => {
  it('takes a package out, brings signed answers back, and shows a conflict instead of merging it', async () => {
    const { workspace, studyId, submit } = await workspaceWithReaders()
    await submit()
    await workspace.signIn('coordinator')
    const { bytes } = await workspace.call('study:export-package', { studyId, readerId: 1, passphrase: 'by telephone' })
    expect(Buffer.from(bytes).toString()).not.toContain('confidence')

    const laptop = await studiedWorkspace(1)
    laptop.clock.wallMs = workspace.clock.wallMs
    await laptop.signIn('reader1')
    await expect(laptop.call('study:import-package', { file: bytes, passphrase: 'wrong' })).rejects.toThrow(
      'passphrase',
    )
    expect(await laptop.call('study:import-package', { file: bytes, passphrase: 'by telephone' })).toMatchObject({
      known: false,
      versions: 1,
      lines: 2,
    })
    expect(await laptop.call('study:list-mine', undefined)).toMatchObject([
      { state: 'read', submitted: 1, planned: 30 },
    ])
    for (let i = 0; i < 3; i++) {
      const step = await laptop.call('study:next-step', { studyId })
      if (step.kind !== 'read') throw new Error(step.kind)
      await laptop.call('study:submit', {
        studyId,
        readId: step.readId,
        answers: ANSWERS,
        activeMs: 10,
        awayMs: 0,
        tools: {},
      })
    }
    const answers = await laptop.call('study:export-answers', { studyId })
    expect(answers.name).toBe('answers-reader-1.cardionets-answers')

    expect(await workspace.call('study:merge-answers', { studyId, file: answers.bytes })).toEqual({
      readerId: 1,
      added: 6,
      conflict: null,
    })
    expect(await workspace.call('study:merge-answers', { studyId, file: answers.bytes })).toEqual({
      readerId: 1,
      added: 0,
      conflict: null,
    })
    const forged = Buffer.from(Buffer.from(answers.bytes).toString().replace('"confidence":40', '"confidence":41'))
    await expect(workspace.call('study:merge-answers', { studyId, file: new Uint8Array(forged) })).rejects.toThrow(
      'signature',
    )

    await workspace.signIn('reader1')
    await submit()
    await laptop.call('study:begin-pause', { studyId })
    const later = exportAnswers(laptop.access(), studyId).bytes
    await workspace.signIn('coordinator')
    const merged = await workspace.call('study:merge-answers', { studyId, file: new Uint8Array(later) })
    expect(merged.added).toBe(0)
    expect(merged.conflict).toMatchObject({
      code: 'study/lines-part',
      values: { reader: 1, line: 9, here: 1, there: 0 },
    })
  })
})
