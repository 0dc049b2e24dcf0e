import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEncrypted } from '../../src-main/registry/database.ts'
import { found } from './found.ts'
import { listMerges, mergePatients, undoMerge } from '../../src-main/registry/tables/merges.ts'
import { createPatient, getPatient, updatePatient, type Patient } from '../../src-main/registry/tables/patients.ts'
import {
  assignRecording,
  getRecording,
  listRecordingsOfPatient,
  listSources,
  storeRecording,
} from '../../src-main/registry/tables/recordings.ts'
import { newRecording, newWorkspace, patientFields, temporaryFolder } from './support.ts'

describe('the registry', () => {
  it('keeps nothing readable on the disk', async () => {
    const { workspace, registry, by, access } = await newWorkspace()
    registry.change(by, (change) => createPatient(change, patientFields({ name: 'Canary Wxyzabc' })))
    registry.blobs.put(Buffer.from('Canary waveform'))
    const files = ['registry.db', 'registry.db-wal', 'access.db'].map((name) =>
      readFileSync(join(workspace, 'registry', name)),
    )
    for (const file of files) expect(file.includes('Canary')).toBe(false)
    expect(files[0]!.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    access.close()
  })

  it('refuses a file that another key wrote', async () => {
    const path = join(temporaryFolder(), 'one.db')
    openEncrypted(path, Buffer.alloc(32, 1)).close()
    expect(() => openEncrypted(path, Buffer.alloc(32, 2))).toThrow(
      expect.objectContaining({ code: 'registry/damaged' }),
    )
  })

  it('refuses a change that says nothing to the trail', async () => {
    const { registry, by, access } = await newWorkspace()
    expect(() => registry.change(by, () => 1)).toThrow('without an audit entry')
    access.close()
  })

  it('finds a patient by any part of the name, pinyin, initials, id and birth date', async () => {
    const { registry, by, access } = await newWorkspace()
    registry.change(by, (change) => {
      createPatient(change, patientFields())
      createPatient(change, patientFields({ localId: 'B-77812', name: 'José O’Brien', birthDate: '1955-12-31' }))
    })
    const idsOf = (text: string) => found(registry.db, text).map(({ localId }) => localId)
    for (const text of ['王', '小明', '明', 'wang', 'xiaom', 'wxm', 'xm', '1980-02-03', 'A-1', 'WANG xiao', 'ｗｘｍ'])
      expect([text, idsOf(text)]).toEqual([text, ['A-1']])
    for (const text of [
      'jose',
      'JOSÉ',
      'brie',
      'rien',
      '7781',
      '812',
      '1955-12',
      'obrien',
      'jose brien',
      'b-778',
      'o’b',
    ])
      expect([text, idsOf(text)]).toEqual([text, ['B-77812']])
    expect(idsOf('li')).toEqual([])
    expect(idsOf('')).toEqual(['B-77812', 'A-1'])
    access.close()
  })

  it('stores one waveform once, and every file that it came in', async () => {
    const { registry, by, access } = await newWorkspace()
    const first = newRecording(registry, 'one')
    const store = (recording = first) => registry.change(by, (change) => storeRecording(change, recording))
    const { id } = store()
    expect(store()).toEqual({ id, outcome: 'known' })
    expect(store({ ...first, contentSha256: 'f'.repeat(64), fileName: 'copy.dcm' })).toEqual({ id, outcome: 'linked' })
    expect(listSources(registry.db, id).map(({ fileName }) => fileName)).toEqual(['recording.hea', 'copy.dcm'])
    expect(registry.blobs.get(getRecording(registry.db, id).waveformBlob).toString()).toBe('one')
    access.close()
  })

  it('refuses an edit of what somebody changed meanwhile', async () => {
    const { registry, by, access } = await newWorkspace()
    const { id } = registry.change(by, (change) => createPatient(change, patientFields()))
    const edit = () => registry.change(by, (change) => updatePatient(change, id, 1, patientFields({ notes: 'x' })))
    edit()
    expect(edit).toThrow(expect.objectContaining({ code: 'patient/changed-meanwhile' }))
    access.close()
  })

  it('merges two patients and gives everything back on undo', async () => {
    const { registry, by, access } = await newWorkspace()
    const fields = patientFields({ localId: 'A-2', notes: 'second card' })
    const [kept, absorbed] = registry.change(by, (change) => [
      createPatient(change, patientFields()),
      createPatient(change, fields),
    ])
    const recording = newRecording(registry, 'one', { patientId: absorbed.id })
    registry.change(by, (change) => storeRecording(change, recording))
    const before = getPatient(registry.db, kept.id)
    const mergeId = registry.change(by, (change) =>
      mergePatients(change, {
        keptId: kept.id,
        absorbedId: absorbed.id,
        keptRevision: 1,
        fields: patientFields({ notes: 'second card' }),
        reason: 'the same person',
      }),
    )
    expect(listRecordingsOfPatient(registry.db, kept.id)).toHaveLength(1)
    expect(found(registry.db, '王小明').map(({ id }) => id)).toEqual([kept.id])
    registry.change(by, (change) => undoMerge(change, mergeId, 'two persons after all'))
    expect(listRecordingsOfPatient(registry.db, absorbed.id)).toHaveLength(1)
    expect(getPatient(registry.db, kept.id)).toMatchObject({ notes: before.notes, mergedInto: null })
    expect(found(registry.db, '王小明')).toHaveLength(2)
    expect(listMerges(registry.db, kept.id)[0]!.undoneMs).not.toBeNull()
    access.close()
  })

  it('undoes merges of merges from the last to the first, and gives nothing to a patient who was merged', async () => {
    const { registry, by, access } = await newWorkspace()
    const [first, second, third] = ['A', 'B', 'C'].map((localId) =>
      registry.change(by, (change) => createPatient(change, patientFields({ localId }))),
    ) as [Patient, Patient, Patient]
    const recording = newRecording(registry, 'waveform', { patientId: first.id })
    const { id } = registry.change(by, (change) => storeRecording(change, recording))
    const merge = (absorbed: Patient, kept: Patient): string => {
      const { revision: keptRevision } = getPatient(registry.db, kept.id)
      const order = { keptId: kept.id, absorbedId: absorbed.id, keptRevision, fields: kept, reason: '' }
      return registry.change(by, (change) => mergePatients(change, order))
    }
    const undo = (mergeId: string): void => registry.change(by, (change) => undoMerge(change, mergeId, ''))
    const inner = merge(first, second)
    const outer = merge(second, third)
    expect(() => undo(inner)).toThrow(expect.objectContaining({ code: 'patient/merged-on' }))
    registry.change(by, (change) => assignRecording(change, id, first.id))
    expect(getRecording(registry.db, id).patientId).toBe(third.id)
    undo(outer)
    undo(inner)
    expect(getRecording(registry.db, id).patientId).toBe(first.id)
    access.close()
  })
})
