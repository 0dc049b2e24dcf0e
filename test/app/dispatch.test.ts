import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type CineId, type RecordingEntry } from '../../src-preload/contract/index.ts'
import { forkChild } from '../../src-main/app/child-process.ts'
import { createDispatcher, type Dispatcher } from '../../src-main/app/dispatch.ts'
import { createServices, type Services } from '../../src-main/app/services.ts'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(REPOSITORY, 'test', 'fixtures', 'ecg', name))),
})

const PERSON = {
  loginName: 'Test',
  displayName: 'Test',
  password: 'correct horse battery',
  roles: ['operator', 'reviewer'],
}

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-dispatch-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('the single door in', () => {
  const log: string[] = []
  let services: Services
  let dispatcher: Dispatcher
  const call = async (channel: string, input?: unknown): Promise<never> => {
    const reply = await dispatcher.call(channel, input)
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
    return reply.value as never
  }
  const codeOf = async (channel: string, input?: unknown): Promise<string> => {
    const reply = await dispatcher.call(channel, input)
    return reply.ok ? 'ok' : reply.error.code
  }

  beforeAll(async () => {
    services = createServices({
      version: '0.0.0',
      entry: 'browser',
      workspace: newFolder(),
      packDir: join(REPOSITORY, 'models', 'reference'),
      trustedKeys: [],
      provider: 'cpu',
      spawn: forkChild,
      log: (line) => log.push(line),
    })
    dispatcher = createDispatcher(services)
    await call('access:create', PERSON)
  })
  afterAll(() => services.close())

  it('answers every channel in the shape of the contract along the main job', async () => {
    const outcomes = await call('ecg:import-files', { files: [fixture('HR06000.mat'), fixture('HR06000.hea')] })
    const [outcome] = contract['ecg:import-files'].output.parse(outcomes)
    if (!outcome?.ok) throw new Error('the fixture was refused')
    expect(outcome.file).toBe('HR06000.hea')
    const recordingId = outcome.recording.id

    const { leads } = contract['ecg:read-waveform'].output.parse(await call('ecg:read-waveform', { recordingId }))
    expect(leads.map(({ samplesMv }) => samplesMv.length)).toEqual(Array.from({ length: 12 }, () => 5000))

    const screened = contract['screening:run'].output.parse(await call('screening:run', { recordingId }))
    expect(screened.screening?.diseases).toHaveLength(4)
    const read = contract['recordings:read'].output.parse(await call('recordings:read', { recordingId }))
    expect(read.screening).toEqual(screened.screening)
    const again = contract['screening:run'].output.parse(await call('screening:run', { recordingId }))
    expect(again.screenings.map(({ id }) => id).at(-1)).toBe(screened.screenings[0]!.id)
    expect(again.screenings.map(({ inputSha256 }) => inputSha256)).toEqual([
      screened.screenings[0]!.inputSha256,
      screened.screenings[0]!.inputSha256,
    ])

    const steps: unknown[] = []
    dispatcher.onEvent((event, payload) => event === 'cine:progress' && steps.push(payload))
    const cineId = crypto.randomUUID() as CineId
    const input = { cineId, recordingId, seed: 3, sampler: 'ddim25' }
    const cine = contract['cine:generate'].output.parse(await call('cine:generate', input))
    expect(cine.pixels.length).toBe(50 * cine.width * cine.height)
    expect(steps.at(-1)).toEqual({ cineId, step: 16, of: 16 })

    contract['app:describe'].output.parse(await call('app:describe'))
    expect(await codeOf('screening:run', { recordingId: crypto.randomUUID() })).toBe('recording/unknown')
  })

  it('keeps one recording once, however often it is dropped', async () => {
    const files = [fixture('JS20001.hea'), fixture('JS20001.mat')]
    const first = (await call('ecg:import-files', { files })) as { recording: RecordingEntry }[]
    const second = (await call('ecg:import-files', { files })) as { recording: RecordingEntry }[]
    expect(second[0]!.recording.id).toBe(first[0]!.recording.id)
    expect(second[0]).toMatchObject({ known: true })
  })

  it('keeps a recording that cannot be screened, with the reason', async () => {
    const names = ['hea', 'd0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8', 'd9']
    const files = names.map((ending) => fixture(`binformats.${ending}`))
    const [outcome] = (await call('ecg:import-files', { files })) as { recording: RecordingEntry }[]
    expect(outcome!.recording.refusal).toMatchObject({ code: 'ecg/lead-missing' })
    expect(await codeOf('screening:run', { recordingId: outcome!.recording.id })).toBe('ecg/lead-missing')
  })

  it('refuses what is not in the contract, and says nothing of the input', async () => {
    for (const channel of ['toString', '__proto__', 'constructor', 'ecg:import', '']) {
      expect(await codeOf(channel, {})).toBe('contract/unknown-channel')
    }
    const secret = 'ZHANG San 19600101'
    const reply = await dispatcher.call('ecg:read-waveform', { recordingId: secret, [secret]: secret })
    expect(reply).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
    expect(JSON.stringify(reply) + log.join('\n')).not.toContain(secret)
    expect(await codeOf('ecg:import-files', { files: [{ name: 'a', bytes: [1, 2, 3] }] })).toBe('contract/bad-input')
  })

  it('takes a recording from import to a signature, and only the right password signs', async () => {
    const [{ recording }] = (await call('ecg:import-files', {
      files: [fixture('HR06000.hea'), fixture('HR06000.mat')],
    })) as [{ recording: RecordingEntry }]
    const fields = {
      localId: '0007',
      name: '王小明',
      sex: 'male',
      birthDate: '1950-01-02',
      heightCm: null,
      weightKg: null,
    }
    const patient = contract['patients:add'].output.parse(
      await call('patients:add', { ...fields, ethnicity: '', contact: '', notes: '' }),
    )
    const assign = { recordingId: recording.id, patientId: patient.id, reason: '' }
    // The file says female.
    expect(await codeOf('recordings:assign', { ...assign, confirmed: false })).toBe('recordings/other-person')
    const assigned = (await call('recordings:assign', { ...assign, confirmed: true })) as RecordingEntry
    expect(assigned.mismatches.map(({ field }) => field)).toContain('sex')

    const { screenings } = (await call('screening:run', { recordingId: recording.id })) as RecordingEntry
    const opinion = { screeningId: screenings[0]!.id, agreement: 'disagree', conclusion: 'Normal.' }
    expect(await codeOf('reviews:sign', { ...opinion, password: 'wrong' })).toBe('access/refused')
    const signed = (await call('reviews:sign', { ...opinion, password: PERSON.password })) as RecordingEntry
    expect(signed.screenings[0]).toMatchObject({
      state: 'signed',
      reviews: [{ state: 'reviewed' }, { state: 'signed' }],
    })
    expect(await codeOf('reviews:review', opinion)).toBe('screening/signed-already')

    const csv = (await call('worklist:export-csv', {
      filter: { text: 'wxm', states: [], unassigned: false, positive: false, today: false },
      order: 'importedAt',
      descending: true,
    })) as { text: string }
    expect(csv.text).toContain('"\'0007","王小明"')
    expect(csv.text.trimEnd().split('\r\n').at(-1)).toMatch(/^"signed head",.*cardionets-audit-head/)
  })

  it('answers nothing of a patient while it is locked, and keeps what was half typed', async () => {
    await call('session:keep-draft', { form: 'patient-new', draft: '{"name":"Z"}' })
    await call('access:lock')
    expect(await codeOf('worklist:count')).toBe('access/locked')
    expect(await codeOf('session:keep-draft', { form: 'patient-new', draft: '{"name":"Zhang"}' })).toBe('ok')
    expect(await codeOf('session:read-draft', { form: 'patient-new' })).toBe('access/locked')
    await call('access:sign-in', { loginName: 'test', password: PERSON.password })
    expect(await call('session:read-draft', { form: 'patient-new' })).toEqual({ draft: '{"name":"Zhang"}' })
  })

  it('cancels a cine between two steps', async () => {
    const [{ recording }] = (await call('ecg:import-files', {
      files: [fixture('HR06000.hea'), fixture('HR06000.mat')],
    })) as [{ recording: RecordingEntry }]
    const cineId = crypto.randomUUID() as CineId
    const off = dispatcher.onEvent((event) => {
      if (event === 'cine:progress') void dispatcher.call('cine:cancel', { cineId })
    })
    const input = { cineId, recordingId: recording.id, seed: 1, sampler: 'ddpm100' }
    expect(await codeOf('cine:generate', input)).toBe('cine/cancelled')
    off()
    expect(await codeOf('cine:generate', { ...input, sampler: 'ddim25' })).toBe('ok')
  })
})

describe('without a usable pack', () => {
  it('reads files all the same and says why nothing is screened', async () => {
    const services = createServices({
      version: '0.0.0',
      entry: 'browser',
      workspace: newFolder(),
      packDir: join(REPOSITORY, 'test', 'fixtures'),
      trustedKeys: [],
      provider: 'cpu',
      spawn: forkChild,
      log: () => undefined,
    })
    const dispatcher = createDispatcher(services)
    await dispatcher.call('access:create', PERSON)
    const files = [fixture('HR06000.hea'), fixture('HR06000.mat')]
    const imported = await dispatcher.call('ecg:import-files', { files })
    const [{ recording }] = (imported as { value: [{ recording: RecordingEntry }] }).value
    const description = await dispatcher.call('app:describe', undefined)
    expect(description).toMatchObject({ ok: true, value: { pack: null, packError: { code: 'pack/missing' } } })
    const screened = await dispatcher.call('screening:run', { recordingId: recording.id })
    expect(screened).toMatchObject({ ok: false, error: { code: 'pack/missing' } })
    await services.close()
  })
})
