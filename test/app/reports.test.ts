import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CineId, RecordingEntry } from '../../src-preload/contract/index.ts'
import type { MadeReport, ReportRequest } from '../../src-preload/contract/reports.ts'
import { GENERATED_MARK } from '../../src-preload/contract/screening.ts'
import { forkChild } from '../../src-main/app/child-process.ts'
import { createDispatcher, type Dispatcher } from '../../src-main/app/dispatch.ts'
import { createServices, type Services } from '../../src-main/app/services.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { openPdf, textOf } from '../reports/read-pdf.ts'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(join(REPOSITORY, 'test', 'fixtures', 'ecg', name))),
})
const PERSON = {
  loginName: 'Test',
  displayName: 'Reviewer One',
  password: 'correct horse battery',
  roles: ['administrator', 'operator', 'reviewer'],
}
const CHOICES = { language: 'en', paper: 'A4', technicalPage: false, patientPage: true } as const
const CINE = '00000000-0000-4000-8000-00000000000c' as CineId

describe('what leaves the registry of one recording', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'cardionets-reports-'))
  let services: Services
  let dispatcher: Dispatcher
  let entry: RecordingEntry
  const call = async (channel: string, input?: unknown): Promise<never> => {
    const reply = await dispatcher.call(channel, input)
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
    return reply.value as never
  }
  const request = (changes: Partial<ReportRequest> = {}): ReportRequest => ({
    recordingId: entry.id,
    screeningId: entry.screenings[0]?.id ?? null,
    choices: CHOICES,
    cineId: null,
    ...changes,
  })
  const exportsInTrail = () =>
    listAudit(services.access.registry().db, { limit: 100 })
      .filter(({ action }) => action === 'report:export')
      .map(({ afterJson }) => (JSON.parse(afterJson!) as { export: string }).export)

  beforeAll(async () => {
    services = createServices({
      version: '0.0.0',
      entry: 'browser',
      workspace,
      packDir: join(REPOSITORY, 'models', 'reference'),
      trustedKeys: [],
      provider: 'cpu',
      spawn: forkChild,
      log: () => undefined,
    })
    dispatcher = createDispatcher(services)
    await call('access:create', PERSON)
    const [imported] = (await call('ecg:import-files', {
      files: [fixture('HR06000.hea'), fixture('HR06000.mat')],
    })) as {
      recording: RecordingEntry
    }[]
    entry = imported!.recording
  })

  afterAll(async () => {
    await services.close()
    rmSync(workspace, { recursive: true, force: true })
  })

  it('reports a recording that nobody screened yet: its ECG, and that there is no result', async () => {
    const { pdf, state, kept } = (await call('report:make', request())) as MadeReport
    const [page] = await openPdf(pdf)
    expect(await textOf(page!)).toContain('Not screened yet')
    expect([state, kept]).toEqual(['draft', false])
  })

  it('makes a draft anew each time, the same bytes, and keeps none of it', async () => {
    entry = await call('screening:run', { recordingId: entry.id })
    await call('cine:generate', { cineId: CINE, recordingId: entry.id, seed: 3, sampler: 'ddim25' })
    const first = (await call('report:make', request({ cineId: CINE }))) as MadeReport
    const second = (await call('report:make', request({ cineId: CINE }))) as MadeReport
    expect(second.sha256).toBe(first.sha256)
    expect(first.kept).toBe(false)
    const pages = await openPdf(first.pdf)
    expect(pages).toHaveLength(2)
    expect(await textOf(pages[0]!)).toContain('DRAFT')
  })

  it('refuses stills of a cine that was generated for another recording', async () => {
    const other = { ...request({ cineId: CINE }), recordingId: '00000000-0000-4000-8000-00000000000e' }
    expect((await dispatcher.call('report:make', other)).ok).toBe(false)
  })

  it('keeps a signed report encrypted, and hands out the same bytes whatever is set by then', async () => {
    const [screening] = entry.screenings
    const said = { screeningId: screening!.id, agreement: 'agree', conclusion: 'Echocardiography soon.' }
    entry = await call('reviews:sign', { ...said, password: PERSON.password })
    const first = (await call('report:make', request())) as MadeReport
    expect([first.state, first.kept]).toEqual(['signed', true])
    expect(await textOf((await openPdf(first.pdf))[0]!)).toContain('Signed by Reviewer One')
    await call('settings:change', { siteName: 'Another name' })
    const again = (await call('report:make', request())) as MadeReport
    expect(Buffer.from(again.pdf).equals(first.pdf)).toBe(true)
    for (const path of filesBelow(workspace)) expect(readFileSync(path).includes('%PDF-')).toBe(false)
    // Another choice is another report, and an amendment makes the earlier one the earlier one.
    const chinese = { ...CHOICES, language: 'zh' } as const
    const translated = (await call('report:make', request({ choices: chinese }))) as MadeReport
    expect(translated.sha256).not.toBe(first.sha256)
    const amendment = { ...said, conclusion: 'Echocardiography today.', reason: 'Urgent', password: PERSON.password }
    entry = await call('reviews:amend', amendment)
    const amended = (await call('report:make', request())) as MadeReport
    expect(amended.state).toBe('amended')
    expect(await textOf((await openPdf(amended.pdf))[0]!)).toContain('Echocardiography today.')
  })

  it('makes no report of a review that somebody changed past the application', async () => {
    const registry = services.access.registry()
    const say = (conclusion: string) =>
      registry.change(services.access.actor(), (change) => {
        change.db.exec('DROP TRIGGER IF EXISTS review_is_immutable')
        change.db.prepare(`UPDATE review SET conclusion = ? WHERE state = 'signed'`).run(conclusion)
        change.audit({ action: 'test:tamper', kind: 'review', id: null })
      })
    say('Discharge.')
    expect(await dispatcher.call('report:make', request())).toMatchObject({
      ok: false,
      error: { code: 'screening/review-altered' },
    })
    say('Echocardiography soon.')
  })

  it('writes every export into the trail before it is handed over', async () => {
    const { recordingId, screeningId } = request()
    await call('report:note-export', { recordingId, screeningId, kind: 'report-saved', sha256: 'ab'.repeat(32) })
    const csv = (await call('report:export-findings', { recordingId, screeningId, format: 'csv' })) as {
      content: Uint8Array
    }
    const lines = new TextDecoder().decode(csv.content).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 4 + entry.screening!.subtypes.length + 82)
    expect(lines[1]).toContain('"probability","cad"')
    const json = (await call('report:export-findings', { recordingId, screeningId, format: 'json' })) as {
      content: Uint8Array
    }
    const content = JSON.parse(new TextDecoder().decode(json.content)) as {
      screening: { phenotypes: unknown[]; statements: { statement: { en: string } } }
    }
    expect(content.screening.phenotypes).toHaveLength(82)
    expect(content.screening.statements.statement.en).toContain('not for clinical use')
    const gif = (await call('report:export-cine', { cineId: CINE, frame: null })) as { content: Uint8Array }
    expect(Buffer.from(gif.content).subarray(0, 6).toString('latin1')).toBe('GIF89a')
    const png = (await call('report:export-cine', { cineId: CINE, frame: 4 })) as {
      content: Uint8Array
      fileName: string
    }
    expect(png.fileName).toMatch(/frame-5\.ai-generated\.png$/)
    expect(Buffer.from(png.content).includes(Buffer.from(GENERATED_MARK, 'utf8'))).toBe(true)
    expect(exportsInTrail().sort()).toEqual(['cine-frame', 'cine-gif', 'findings-csv', 'findings-json', 'report-saved'])
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
