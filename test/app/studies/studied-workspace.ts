import { BatchDesk } from '../../../src-main/app/batch/batch-desk.ts'
import type { BatchServices } from '../../../src-main/app/batch/batch-run.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { AppError, type Channel, type Input, type Output } from '../../../src-preload/contract/index.ts'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { createDispatcher, type Dispatcher } from '../../../src-main/app/dispatch.ts'
import type { Services } from '../../../src-main/app/services.ts'
import {
  CINE_FRAMES,
  CINE_HEIGHT,
  CINE_WIDTH,
  ECG_LEADS,
  ECG_SAMPLES,
} from '../../../src-main/reader-study/cases/prepare-item.ts'
import type { CaseTruth } from '../../../src-main/reader-study/bundle/study-record.ts'
import { WorkspaceAccess } from '../../../src-main/registry/access/workspace-access.ts'
import { replaceCases } from '../../../src-main/registry/studies/study-cases.ts'
import { getStudy, saveDraft } from '../../../src-main/registry/studies/studies.ts'
import { ADMINISTRATOR, QUICK, testClock } from '../../registry/support.ts'

export const PASSWORD = 'a password of the tests'
export const CUSTODIANS = [
  { name: 'Statistician', passphrase: 'first of the two' },
  { name: 'Study office', passphrase: 'second of the two' },
] as const

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The real application without a window: dispatcher, registry, blobs, audit; a clock and a process that the test owns. */
export async function studiedWorkspace(readers: number, services: Partial<Services> = {}) {
  const clock = testClock()
  const workspace = mkdtempSync(join(tmpdir(), 'cardionets-study-'))
  folders.push(workspace)
  let access = WorkspaceAccess.open({ workspace, environment: clock, parameters: QUICK })
  await access.create(ADMINISTRATOR)
  let dispatcher = connect(access, services)
  const call = async <C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> => {
    const reply = await dispatcher.call(channel, input)
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
    return reply.value as Output<C>
  }
  const people: string[] = []
  const add = async (loginName: string, role: 'coordinator' | 'reader') =>
    (await call('people:add', { loginName, displayName: loginName, roles: [role], password: PASSWORD })).id
  await add('coordinator', 'coordinator')
  for (let reader = 1; reader <= readers; reader++) people.push(await add(`reader${reader}`, 'reader'))
  return {
    clock,
    people,
    call,
    workspace,
    access: () => access,
    dispatcher: () => dispatcher,
    signIn: (loginName: string) => call('access:sign-in', { loginName, password: PASSWORD }),
    administrate: () => call('access:sign-in', ADMINISTRATOR_SIGN_IN),
    /** As after a crash: nothing of the process is left but what lies on the disk. */
    restart(): void {
      access.close()
      clock.runMs = 0
      access = WorkspaceAccess.open({ workspace, environment: clock, parameters: QUICK })
      dispatcher = connect(access, services)
    },
    pass(ms: number): void {
      clock.wallMs += ms
      clock.runMs += ms
    },
  }
}

const ADMINISTRATOR_SIGN_IN = { loginName: ADMINISTRATOR.loginName, password: ADMINISTRATOR.password }

function connect(access: WorkspaceAccess, own: Partial<Services>): Dispatcher {
  const noPack = () => Promise.reject(new AppError('pack/none', 'The tests of studies run without a pack.'))
  const packError = () => Promise.resolve({ code: 'pack/none', message: 'The tests of studies run without a pack.' })
  const services: Partial<Services> = {
    version: '0.1.0',
    entry: 'browser',
    workspace: '',
    access,
    engine: noPack,
    packError,
    batches: new BatchDesk({ access, engine: noPack } as unknown as BatchServices, () => undefined),
    log: () => undefined,
    ...own,
  }
  return createDispatcher(services as Services)
}

export type StudiedWorkspace = Awaited<ReturnType<typeof studiedWorkspace>>

const picture = (value: number) => new Uint8Array(CINE_FRAMES * CINE_WIDTH * CINE_HEIGHT).fill(value)

/** A study with made-up pictures, locked. Needs the coordinator signed in. */
export async function lockedStudy(
  workspace: StudiedWorkspace,
  cases: number,
  {
    template = 'article-design' as const,
    training = 0,
    diseased = (index: number) => index % 3 !== 0,
    subtype = 'dcm',
    modelScore = null as number | null,
    cineOf = (kind: 'real' | 'generated', caseId: number) => picture((kind === 'real' ? 0 : 100) + (caseId % 100)),
    ecgOf = (caseId: number) => new Int16Array(ECG_LEADS * ECG_SAMPLES).fill(caseId),
    edit = (protocol: StudyProtocol): StudyProtocol => protocol,
  } = {},
): Promise<{ studyId: StudyId; truth: CaseTruth[] }> {
  const { call } = workspace
  const { studyId, protocol } = await call('study:create', { title: 'Example', template })
  const registry = workspace.access().registry()
  const truth = Array.from({ length: cases + training }, (_, index): CaseTruth => ({
    caseId: index + 1,
    truth: diseased(index) ? 1 : 0,
    subtype: diseased(index) ? subtype : null,
    modelScore:
      modelScore ?? (diseased(index) ? 0.6 + (0.3 * ((index * 7) % 10)) / 10 : 0.3 + (0.4 * ((index * 3) % 10)) / 10),
    modelCall: 1,
  }))
  const put = (bytes: Uint8Array) => registry.blobs.put(bytes)
  const prepared = truth.map((one) => ({
    truth: one,
    ecg: put(new Uint8Array(ecgOf(one.caseId).buffer)),
    real: put(cineOf('real', one.caseId)),
    generated: put(cineOf('generated', one.caseId)),
    cycleMs: 800,
  }))
  registry.change(workspace.access().actor(), (change) => {
    const { draft } = getStudy(change.db, studyId)
    replaceCases(change, studyId, prepared)
    const list = truth.map(({ caseId }, index) => ({ caseId, stratum: 'all', training: index >= cases }))
    saveDraft(change, { ...draft!, protocol: { ...draft!.protocol, cases: list } })
  })
  await call('study:save-draft', {
    protocol: edit({
      ...protocol,
      minimumDistance: Math.min(20, Math.floor(cases / 4)),
      readers: workspace.people.map((_, index) => ({
        readerId: index + 1,
        seniority: ['resident', 'attending', 'associate-chief'][index % 3]!,
      })),
    }),
    readerAccounts: workspace.people.map((personId, index) => ({ readerId: index + 1, personId })),
  })
  await call('study:lock', { studyId, custodians: [CUSTODIANS[0], CUSTODIANS[1]] })
  return { studyId, truth }
}
