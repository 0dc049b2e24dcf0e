import { describe, expect, it } from 'vitest'
import type { Arm } from '../../../src-preload/contract/study-protocol.ts'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import { unzip } from '../../../src-main/reader-study/bundle/zip.ts'
import { verifyBundle } from '../../../src-main/reader-study/bundle/verify.ts'
import { openSecrets } from '../../../src-main/reader-study/allocation/seal.ts'
import { VirtualReaders } from '../../../src-main/reader-study/simulation/virtual-readers.ts'
import { getStudy, protocolVersions } from '../../../src-main/registry/studies/studies.ts'
import { LONG } from '../../reader-study/long.ts'
import { CUSTODIANS, lockedStudy, type StudiedWorkspace, studiedWorkspace } from './studied-workspace.ts'

const DAY = 86_400_000
const PASSPHRASES: [string, string] = [CUSTODIANS[0].passphrase, CUSTODIANS[1].passphrase]

/** Reads everything that is due for who is signed in; answers come from outside, as a virtual reader gives them. */
async function readAll(
  { call, pass }: StudiedWorkspace,
  studyId: StudyId,
  answer: (readId: string) => { answers: Record<string, number | string>; activeMs: number },
): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const step = await call('study:next-step', { studyId })
    if (step.kind === 'pause') {
      pass(5 * 60_000)
      continue
    }
    if (step.kind !== 'read') return done
    const { answers, activeMs } = answer(step.readId)
    pass(activeMs)
    await call('study:submit', { studyId, readId: step.readId, answers, activeMs, awayMs: 0, tools: {} })
    done.push(step.readId)
  }
}

describe('a whole study through the application', () => {
  it('is designed, locked, read by six over months, closed, opened by two and analysed to the truth', async () => {
    const cases = LONG ? 111 : 12
    const workspace = await studiedWorkspace(6)
    const { call, signIn, pass } = workspace
    await signIn('coordinator')
    const { studyId, truth } = await lockedStudy(workspace, cases, {
      // The article's 77 and 34 of 111.
      diseased: (index) => (index * 77) % 111 < 77,
    })

    // The virtual readers must see the case, as real ones do; they look it up in the seal, which the application cannot.
    const db = () => workspace.access().registry().db
    const [protocol] = protocolVersions(db(), studyId)
    const { reads } = JSON.parse(openSecrets(getStudy(db(), studyId).sealed!, PASSPHRASES, { dataLocked: true })) as {
      reads: { readId: string; readerId: number; caseId: number; arm: Arm }[]
    }
    const readById = new Map(reads.map((read) => [read.readId, read]))
    const areas = new Map<Arm, number>([
      ['ecg', 0.7],
      ['ecg-real', 0.9],
      ['ecg-generated', 0.9],
    ])
    const virtual = new VirtualReaders(
      areas,
      protocol!.readers.map((one) => one.readerId),
      5,
    )
    const answer = (readId: string) => {
      const { readerId, caseId, arm } = readById.get(readId)!
      const task = [...submitted].filter(
        (id) => readById.get(id)!.readerId === readerId && readById.get(id)!.caseId === caseId,
      )
      const answers =
        task.length < 3
          ? virtual.diagnose(protocol!, readerId, truth[caseId - 1]!, arm)
          : virtual.tell('real', arm, 0.5)
      submitted.add(readId)
      return { answers, activeMs: virtual.activeMs() }
    }
    const submitted = new Set<string>()

    // Two of the six read on a laptop of their own, without a network.
    const laptops = new Map<number, StudiedWorkspace>()
    for (const reader of [5, 6]) {
      await signIn('coordinator')
      const passphrase = 'told by telephone'
      const { bytes } = await call('study:export-package', { studyId, readerId: reader, passphrase })
      const laptop = await studiedWorkspace(reader)
      await laptop.signIn(`reader${reader}`)
      await laptop.call('study:import-package', { file: bytes, passphrase })
      laptops.set(reader, laptop)
    }
    for (let round = 0; round < 20 && submitted.size < reads.length; round++) {
      for (let reader = 1; reader <= 6; reader++) {
        const computer = laptops.get(reader) ?? workspace
        computer.clock.wallMs = Math.max(computer.clock.wallMs, workspace.clock.wallMs)
        await computer.signIn(`reader${reader}`)
        await readAll(computer, studyId, answer)
      }
      pass(round === 1 ? 29 * DAY : 2 * DAY)
    }
    expect(submitted.size).toBe(cases * 5 * 6)
    await signIn('coordinator')
    for (const [reader, laptop] of laptops) {
      const { bytes } = await laptop.call('study:export-answers', { studyId })
      const merged = await call('study:merge-answers', { studyId, file: bytes })
      expect(merged).toMatchObject({ readerId: reader, conflict: null })
      laptop.access().close()
    }

    await signIn('coordinator')
    const board = await call('study:read-board', { studyId })
    expect(board.readers.every((one) => one.stages.every((stage) => stage.submitted === stage.planned))).toBe(true)
    await expect(call('study:analyse', { studyId })).rejects.toThrow('still blinded')
    await expect(call('study:unblind', { studyId, passphrases: PASSPHRASES })).rejects.toThrow('not locked')
    await call('study:lock-data', { studyId, reason: 'All planned reads are done.' })
    await expect(call('study:unblind', { studyId, passphrases: ['x', PASSPHRASES[1]] })).rejects.toThrow('Statistician')
    await call('study:unblind', { studyId, passphrases: PASSPHRASES })

    const bundle = await call('study:export-bundle', { studyId })
    expect(bundle.name).toBe('study-bundle.zip')
    const files = unzip(bundle.bytes)
    expect(verifyBundle(files).filter((check) => !check.ok)).toEqual([])
    const report = JSON.parse(await call('study:analyse', { studyId })) as {
      primary: {
        results: { pairwise_differences: { Estimate: number; CI_lower: number; CI_upper: number; 'p-value': number }[] }
      }
      realOrGenerated: { results: { accuracy: number } }[]
    }
    const [difference] = report.primary.results.pairwise_differences
    // Who reads is seeded, what they are shown is not: at full size the truth lies within the interval, which a sound
    // analysis gives 95 times of 100; the short form asks for three half widths. Coverage is measured over many seeded
    // studies in test/reader-study.
    const halfWidth = (difference!.CI_upper - difference!.CI_lower) / 2
    expect(halfWidth).toBeGreaterThan(0)
    expect(Math.abs(difference!.Estimate - 0.2)).toBeLessThan(LONG ? halfWidth : Math.max(0.15, 3 * halfWidth))
    if (LONG) expect(difference!['p-value']).toBeLessThan(0.05)
    expect(Math.abs(report.realOrGenerated[0]!.results.accuracy - 0.5)).toBeLessThan(LONG ? 0.1 : 0.25)
  }, 3_600_000)
})
