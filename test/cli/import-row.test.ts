import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forkChild } from '../../src-main/app/child-process.ts'
import { openAnswerMemory } from '../../src-main/app/reading/answer-memory.ts'
import { createWatchedReader, type WatchedReader } from '../../src-main/app/reading/watched-reader.ts'
import { importRow } from '../../src-main/cli/import-row.ts'
import type { PatientFields } from '../../src-main/registry/tables/patients.ts'
import { findPatientByLocalId, getPatient } from '../../src-main/registry/tables/patients.ts'
import { mergePatients } from '../../src-main/registry/tables/merges.ts'
import { assignRecording, getRecording } from '../../src-main/registry/tables/recordings.ts'
import { makeFiles } from '../app/batch/made-files.ts'
import { newWorkspace, temporaryFolder } from '../registry/support.ts'
import { FIXTURES } from './run-cli.ts'

let reader: WatchedReader
beforeAll(() => void (reader = createWatchedReader({ spawn: forkChild })))
afterAll(() => reader.close())

async function importing() {
  const opened = await newWorkspace()
  const tools = { access: opened.access, reader, answers: openAnswerMemory(opened.workspace) }
  const add = async (row: unknown): Promise<string> => {
    const outcome = await importRow(tools, typeof row === 'string' ? row : JSON.stringify(row))
    return outcome.ok ? 'ok' : outcome.error.code
  }
  return { ...opened, tools, add }
}

it('takes empty fields for nothing said, and calls a row that it refuses by its id', async () => {
  const { access, registry, tools, add } = await importing()
  expect(await add({ id: 'P1', name: 'One', birthDate: '', ethnicity: '', notes: null })).toBe('ok')
  expect(findPatientByLocalId(registry.db, 'P1')).toMatchObject({ birthDate: null, ethnicity: null, notes: null })
  expect(await importRow(tools, '{"id": "P2", "name": ""}')).toMatchObject({ id: 'P2', ok: false })
  expect(await importRow(tools, '{"file": "/not/there.hea"}')).toMatchObject({ id: '/not/there.hea', ok: false })
  access.close()
})

it('holds a patient to the limits of the form in the window', async () => {
  const { access, add } = await importing()
  const leap = { id: 'P0', name: '李'.repeat(200), birthDate: '2004-02-29', heightCm: 260, weightKg: 0.3 }
  expect(await add(leap)).toBe('ok')
  const wrong: Partial<Record<keyof PatientFields | 'id', unknown>>[] = [
    { id: 'x'.repeat(65) },
    { name: 'x'.repeat(201) },
    { name: 'two\nlines' },
    { name: 'nul\0' },
    { name: 'half a \ud83d' },
    { birthDate: '2023-02-29' },
    { birthDate: '1879-12-31' },
    { heightCm: 5 },
    { weightKg: 650 },
    { contact: 'x'.repeat(501) },
  ]
  for (const [index, fields] of wrong.entries()) {
    expect([fields, await add({ id: `P${index + 1}`, name: 'One', ...fields })]).toEqual([fields, 'import/bad-row'])
  }
  // The clock of these tests stands at 5 January 2026, four in the afternoon.
  expect(await add({ id: 'P20', name: 'Newborn', birthDate: '2026-01-05' })).toBe('ok')
  expect(await add({ id: 'P21', name: 'Unborn', birthDate: '2026-01-06' })).toBe('patient/born-later')
  access.close()
})

it('says where a recording that it knows is not the patient’s, and gives it to nobody else', async () => {
  const { access, registry, by, add } = await importing()
  for (const id of ['P1', 'P2', 'P3']) await add({ id, name: `Patient ${id}` })
  const file = join(FIXTURES, 'HR06000.hea')
  const owner = () => {
    const { patient_id } = registry.db.prepare('SELECT patient_id FROM recording').get() as { patient_id: string }
    return patient_id && getPatient(registry.db, patient_id).localId
  }
  expect(await add({ file })).toBe('ok')
  expect(owner()).toBeNull()
  // Known, and nobody's: it becomes the patient's.
  expect(await add({ file, patient: 'P1' })).toBe('ok')
  expect(owner()).toBe('P1')
  expect(await add({ file, patient: 'P1' })).toBe('ok')
  expect(await add({ file, patient: 'P2' })).toBe('recordings/of-another')
  expect(owner()).toBe('P1')

  // Whoever was merged into another is that other, for recordings that come later too.
  const [kept, absorbed] = ['P3', 'P1'].map((id) => findPatientByLocalId(registry.db, id)!) as [never, never]
  const { id: keptId, revision } = kept as { id: string; revision: number }
  const merge = {
    keptId,
    absorbedId: (absorbed as { id: string }).id,
    keptRevision: revision,
    fields: kept,
    reason: '',
  }
  registry.change(by, (change) => mergePatients(change, merge))
  expect(await add({ file, patient: 'P1' })).toBe('ok')
  expect(owner()).toBe('P3')
  access.close()
})

it('keeps a recording whose file names another person, without a patient, until somebody has compared the two', async () => {
  const { access, registry, by, add } = await importing()
  const folder = temporaryFolder()
  const patient = { id: '77', name: 'Other Person', sex: 'female', birthDate: '1950-01-01' } as const
  makeFiles(folder, [{ name: 'other', index: 1, patient }])
  await add({ id: 'P1', name: 'One', sex: 'male' })
  const row = { file: join(folder, 'other.dcm'), patient: 'P1' }
  expect(await add(row)).toBe('recordings/other-person')
  const { id } = registry.db.prepare('SELECT id FROM recording').get() as { id: string }
  expect(getRecording(registry.db, id).patientId).toBeNull()
  const owner = findPatientByLocalId(registry.db, 'P1')!.id
  registry.change(by, (change) => assignRecording(change, id, owner, { differing: ['name'], reason: 'married' }))
  expect(await add(row)).toBe('ok')
  expect(getRecording(registry.db, id).identity).toEqual({ differing: ['name'], reason: 'married' })
  access.close()
})
