import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordingId } from '../../../src-preload/contract/ids.ts'
import type { CaseFilter } from '../../../src-preload/contract/study-cases.ts'
import { examineFile } from '../../../src-main/app/reading/examine-file.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import { storeImport } from '../../../src-main/app/recordings/store-import.ts'
import { CASE_TABLE_TEMPLATE } from '../../../src-main/reader-study/cases/case-table.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { addAttachment } from '../../../src-main/registry/tables/attachments.ts'
import { createPatient } from '../../../src-main/registry/tables/patients.ts'
import { reviewScreening, signScreening } from '../../../src-main/registry/tables/reviews.ts'
import { addScreening } from '../../../src-main/registry/tables/screenings.ts'
import { FIXTURES } from '../../ecg/files.ts'
import { patientFields } from '../../registry/support.ts'
import { servicesIn } from './services-in.ts'
import { studiedWorkspace, type StudiedWorkspace } from './studied-workspace.ts'

const CINE = join(FIXTURES, '../cine/functional.nii')
const folder = mkdtempSync(join(tmpdir(), 'cardionets-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { beside, cineOf, generated, services } = servicesIn(folder)

let workspace: StudiedWorkspace
let studyId: Awaited<ReturnType<typeof draft>>
async function draft() {
  await workspace.signIn('coordinator')
  return (await workspace.call('study:create', { title: 'Cases', template: 'article-design' })).studyId
}
beforeAll(async () => {
  workspace = await studiedWorkspace(1, services)
  studyId = await draft()
  for (const name of ['HR06000', 'JS20001'])
    for (const end of ['hea', 'mat']) copyFileSync(join(FIXTURES, `${name}.${end}`), join(folder, `${name}.${end}`))
  copyFileSync(CINE, join(folder, 'heart.nii'))
})

const HEADER = 'case_id,ecg_file,real_cine,truth,subtype,stratum,training,cine_slice,cine_frames,cine_centre'
function table(...rows: string[]): void {
  writeFileSync(join(folder, 'truth.csv'), [HEADER, ...rows].join('\n'))
}
const prepare = () => workspace.call('study:prepare-folder', { studyId, folder })

describe('cases from a folder', () => {
  it('name row and column of every problem, and then nothing is taken over or generated', async () => {
    table(
      '1,HR06000.hea,heart.nii,1,,a,0,9,,',
      '2,JS20001.hea,,0,,a,0,,,',
      '3,absent.hea,heart.nii,0,,a,0,,,',
      '4,HR06000.hea,heart.nii,0,,a,0,,1-99,',
    )
    const { cases, problems } = await prepare()
    expect(cases).toBe(0)
    const { protocol, prepared } = await workspace.call('study:read-draft', { studyId })
    expect([protocol.cases, prepared]).toEqual([[], 0])
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'real_cine', 'cmr/no-such-slice'],
      [3, 'real_cine', 'study/cine-missing'],
      [4, 'ecg_file', 'file/not-found'],
      [5, 'real_cine', 'cmr/bad-range'],
    ])
    expect(generated).toEqual([])
    expect((await workspace.call('study:read-draft', { studyId })).prepared).toBe(0)
  })

  it('refuse a choice of the cine that says nothing known, by row and column', async () => {
    table('1,HR06000.hea,heart.nii,1,,a,0,0,5,here')
    expect((await prepare()).problems.map(({ column }) => column)).toEqual(['cine_slice', 'cine_frames', 'cine_centre'])
  })

  it('come into one form, real and generated alike, and can be looked at before the lock', async () => {
    table('1,HR06000.hea,heart.nii,1,dcm,a,0,2,1-10,8 10', '2,JS20001.hea,heart.nii,0,,b,1,,,')
    const report = await prepare()
    expect(report).toMatchObject({ cases: 2, problems: [] })
    const entries = listAudit(workspace.access().registry().db, { kind: 'study', id: studyId, limit: 2 })
    expect(entries.map(({ action }) => action)).toEqual(['study:save-draft', 'study:prepare-cases'])
    expect(report.notes.map(({ message }) => message)).toEqual([
      'nifti-1, plane xy, slice 2 of 3, frames 1 to 10 of 20, box around column 8, row 10',
      'nifti-1, plane xy, slice 2 of 3, frames 1 to 20 of 20, box around column 8, row 10 (where most moves)',
    ])
    const preview = await workspace.call('study:preview-case', { studyId, caseId: 1 })
    expect(preview.real).toHaveLength(preview.generated!.length)
    expect(preview.real!.slice(96 * 96, 96 * 108)).toEqual(preview.generated!.slice(96 * 96, 96 * 108))
    expect(preview.ecg.some((microvolts) => microvolts !== 0)).toBe(true)
    const { protocol } = await workspace.call('study:read-draft', { studyId })
    expect(protocol.cases).toEqual([
      { caseId: 1, stratum: 'a', training: false },
      { caseId: 2, stratum: 'b', training: true },
    ])
  })

  it('are generated from a seed that only the ECG decides', async () => {
    const [first, second] = generated.splice(0)
    await prepare()
    expect(generated).toEqual([first, second])
    expect(first).not.toBe(second)
  })

  it('are read with what was answered about such a file before', async () => {
    const leads = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']
    const { leads: read } = runReadJob({ name: 'HR06000.hea', bytes: beside('HR06000.hea')! }, beside, { leads: true })
    const samples = read![0]!.samplesMv.length
    const line = (t: number): string => read!.map((lead) => Math.round(1000 * lead.samplesMv[t]!)).join(',')
    const text = [leads.join(','), ...Array.from({ length: samples }, (_, t) => line(t))].join('\n')
    writeFileSync(join(folder, 'nameless.csv'), text)
    table('1,nameless.csv,heart.nii,1,,a,0,,,')
    expect((await prepare()).problems).toMatchObject([{ column: 'ecg_file' }])
    const { header } = examineFile({ name: 'nameless.csv', bytes: Buffer.from(text) }, beside)
    services.answers!.keep(header!, { rateHz: 500, unit: 'uV' })
    expect(await prepare()).toMatchObject({ cases: 1, problems: [] })
    const again = await workspace.call('study:preview-case', { studyId, caseId: 1 })
    table('1,HR06000.hea,heart.nii,1,,a,0,,,')
    await prepare()
    const original = await workspace.call('study:preview-case', { studyId, caseId: 1 })
    const farthest = again.ecg.reduce((most, value, i) => Math.max(most, Math.abs(value - original.ecg[i]!)), 0)
    expect(farthest).toBeLessThanOrEqual(1)
  })

  it('stop when they are told to, and leave the study as it was', async () => {
    table('1,HR06000.hea,heart.nii,1,,a,0,,,', '2,JS20001.hea,heart.nii,0,,b,0,,,')
    const off = workspace.dispatcher().onEvent((event) => {
      if (event === 'study:preparing') void workspace.call('study:cancel-preparing', { studyId })
    })
    await expect(prepare()).rejects.toThrow('was stopped')
    off()
    expect((await workspace.call('study:read-draft', { studyId })).prepared).toBe(1)
  })

  it('have a template that is itself a table without problems', async () => {
    expect(await workspace.call('study:case-template', undefined)).toBe(CASE_TABLE_TEMPLATE)
    writeFileSync(join(folder, 'truth.csv'), CASE_TABLE_TEMPLATE)
    expect((await prepare()).problems.every(({ column }) => column === 'ecg_file' || column === 'real_cine')).toBe(true)
  })
})

describe('cases from the registry', () => {
  const anything: CaseFilter = {
    finding: 'any',
    realCine: false,
    recordedFrom: null,
    recordedTo: null,
    sex: 'any',
    ageFrom: null,
    ageTo: null,
  }
  const find = (filter: Partial<CaseFilter> = {}) =>
    workspace.call('study:find-recordings', { studyId, filter: { ...anything, ...filter } })
  const ids: RecordingId[] = []

  beforeAll(async () => {
    await workspace.administrate()
    const registry = workspace.access().registry()
    const by = workspace.access().actor()
    for (const [index, name] of ['HR06000', 'JS20001'].entries()) {
      const main = { name: `${name}.hea`, bytes: beside(`${name}.hea`)! }
      const job = runReadJob(main, beside, { leads: true, screening: true })
      const read = { ...job, summary: { ...job.summary, startTime: '2020-01-15T08:00:00' } }
      const fields = patientFields({ localId: `P-${index}`, birthDate: index === 0 ? '1950-06-01' : null })
      const patient = registry.change(by, (change) => createPatient(change, fields))
      const { id } = await storeImport(registry, by, [main], read, patient.id)
      ids.push(id as RecordingId)
      registry.change(by, (change) => {
        const result = { diseases: [{ id: 'cm', positive: true }], pack: {}, ecg: {} }
        const screening = {
          recordingId: id,
          result: { ...result, provider: 'cpu', pack: { id: 'p', version: '1', sha256: 'x' } } as never,
          seed: null,
          preprocessingVersion: '1',
          inputSha256: 'y',
        }
        const screeningId = addScreening(change, screening)
        // The first is agreed with and signed; the second is disagreed with, and signed later.
        reviewScreening(change, screeningId, { agreement: index === 0 ? 'agree' : 'disagree', conclusion: 'seen' })
        if (index === 0) signScreening(change, screeningId)
      })
    }
    const values = cineOf(7)
    const blob = registry.blobs.put(new Uint8Array(values.buffer))
    registry.change(by, (change) =>
      addAttachment(change, {
        patientId: null,
        recordingId: ids[0]!,
        screeningId: null,
        kind: 'real-cine',
        name: 'cine',
        mediaType: 'application/octet-stream',
        details: {},
        blob,
      }),
    )
    await workspace.signIn('coordinator')
  })

  it('are signed ones, found by what is wanted of them, and shown without name, number or file', async () => {
    const [only, ...others] = await find()
    expect(others).toEqual([])
    expect(only).toMatchObject({ recordingId: ids[0], realCine: true, signedTruth: 1, sex: 'male' })
    expect(JSON.stringify(only)).not.toMatch(/王小明|P-0|HR06000/)
    expect(await find({ finding: 'negative' })).toEqual([])
    expect(await find({ finding: 'positive', realCine: true, sex: 'male' })).toHaveLength(1)
    expect(await find({ sex: 'female' })).toEqual([])
    expect(only!.ageYears).toBe(69)
    expect(await find({ ageFrom: 69, ageTo: 69 })).toHaveLength(1)
    expect(await find({ ageFrom: 70 })).toEqual([])
    expect(await find({ recordedFrom: '2999-01-01' })).toEqual([])
  })

  it('take the same way as those of a folder', async () => {
    const one = { recordingId: ids[0]!, truth: 1 as const, subtype: 'hcm', stratum: 'a', training: false }
    expect(await workspace.call('study:prepare-recordings', { studyId, cases: [one] })).toMatchObject({ cases: 1 })
    const fromRegistry = await workspace.call('study:preview-case', { studyId, caseId: 1 })
    table('1,HR06000.hea,heart.nii,1,,a,0,,,')
    await prepare()
    const fromFolder = await workspace.call('study:preview-case', { studyId, caseId: 1 })
    expect(fromRegistry.ecg).toEqual(fromFolder.ecg)
    expect(fromRegistry.generated).toEqual(fromFolder.generated)
  })

  it('are refused without the real cine that an arm shows, or when one is chosen twice', async () => {
    const one = { truth: 0 as const, subtype: null, stratum: 'a', training: false }
    const cases = [{ ...one, recordingId: ids[1]! }]
    const { problems } = await workspace.call('study:prepare-recordings', { studyId, cases })
    expect(problems).toMatchObject([{ row: 1, column: 'cine' }])
    const twice = [1, 2].map(() => ({ ...one, recordingId: ids[0]! }))
    await expect(workspace.call('study:prepare-recordings', { studyId, cases: twice })).rejects.toThrow('chosen twice')
  })
})
