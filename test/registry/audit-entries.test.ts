import { expect, it } from 'vitest'
import { admitPerson, revokeAccess, setPasswordOf } from '../../src-main/registry/access/manage-people.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import type { Change } from '../../src-main/registry/registry.ts'
import { mergePatients, undoMerge } from '../../src-main/registry/tables/merges.ts'
import { createPatient } from '../../src-main/registry/tables/patients.ts'
import { changePerson } from '../../src-main/registry/tables/people.ts'
import { storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { removeView, saveView } from '../../src-main/registry/tables/saved-views.ts'
import { addScreening } from '../../src-main/registry/tables/screenings.ts'
import { madeUpResult } from './exchange/made-up-result.ts'
import { newRecording, newWorkspace, patientFields } from './support.ts'

/** A workspace, and what its trail says of the last thing that was done, whatever else stands beside it. */
async function watched() {
  const opened = await newWorkspace()
  const { registry, by } = opened
  return {
    ...opened,
    change: <Result>(work: (change: Change) => Result): Result => registry.change(by, work),
    entry(action: string) {
      const found = listAudit(registry.db, { limit: 50 }).find((one) => one.action === action)
      const parsed = (json: string | null | undefined): unknown => JSON.parse(json ?? 'null')
      return found && { ...found, before: parsed(found.beforeJson), after: parsed(found.afterJson) }
    },
  }
}

it('says who was given which roles, and who has access again', async () => {
  const { access, change, entry } = await watched()
  const nurse = await admitPerson(access, { loginName: 'nurse', displayName: 'Nurse', roles: ['operator'], password: 'another password' }) // prettier-ignore
  change((one) => changePerson(one, nurse.id, { displayName: 'Head nurse', roles: ['operator', 'coordinator'] }))
  expect(entry('person:change')).toMatchObject({
    id: nurse.id,
    before: { displayName: 'Nurse', roles: ['operator'] },
    after: { displayName: 'Head nurse', roles: ['operator', 'coordinator'] },
  })
  revokeAccess(access, nurse.id, 'left')
  await setPasswordOf(access, nurse.id, 'a third password')
  expect(entry('person:readmit')).toMatchObject({ id: nurse.id, after: { revokedMs: null } })
  access.close()
})

it('says which patient was merged into which and why, what went with it, and that it was undone', async () => {
  const { access, registry, change, entry } = await watched()
  const [kept, absorbed] = ['A', 'B'].map((localId) => change((one) => createPatient(one, patientFields({ localId }))))
  const recording = newRecording(registry, 'waveform', { patientId: absorbed!.id })
  const { id } = change((one) => storeRecording(one, recording))
  const order = { keptId: kept!.id, absorbedId: absorbed!.id, keptRevision: 1, fields: kept!, reason: 'one person' }
  const mergeId = change((one) => mergePatients(one, order))
  const moved = { mergeId, absorbedId: absorbed!.id, recordings: [id] }
  expect(entry('patient:merge')).toMatchObject({ id: kept!.id, before: { absorbed: { localId: 'B' } }, after: moved, reason: 'one person' }) // prettier-ignore
  change((one) => undoMerge(one, mergeId, 'two after all'))
  expect(entry('patient:undo-merge')).toMatchObject({ id: kept!.id, after: moved, reason: 'two after all' })
  access.close()
})

it('says that a recording was screened, by which pack and of which input', async () => {
  const { access, registry, change, entry } = await watched()
  const recording = newRecording(registry, 'waveform')
  // In one change, as a batch does: the other entries must not stand for this one.
  const screeningId = change((one) => {
    const { id: recordingId } = storeRecording(one, recording)
    return addScreening(one, madeUpResult(recordingId))
  })
  expect(entry('screening:add')).toMatchObject({ id: screeningId, after: { inputSha256: 'b'.repeat(64) } })
  access.close()
})

it('says which view was saved and removed', async () => {
  const { access, by, change, entry } = await watched()
  const id = change((one) => saveView(one, by.id, { name: 'mine', definition: { text: 'x' }, position: 0 }))
  expect(entry('view:save')).toMatchObject({ id, after: { name: 'mine' } })
  change((one) => removeView(one, by.id, id))
  expect(entry('view:remove')).toMatchObject({ id })
  access.close()
})
