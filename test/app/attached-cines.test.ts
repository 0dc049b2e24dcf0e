import { expect, it } from 'vitest'
import type { RecordingId } from '../../src-preload/contract/index.ts'
import {
  attachCine,
  attachedCine,
  attachedValues,
  detachCine,
  type CineDetails,
} from '../../src-main/app/cines/attached-cines.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { createPatient } from '../../src-main/registry/tables/patients.ts'
import { listAttachmentsOfPatient } from '../../src-main/registry/tables/attachments.ts'
import { assignRecording, storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { ADMINISTRATOR, newRecording, newWorkspace, patientFields } from '../registry/support.ts'

const VALUES = 50 * 96 * 96
const made = (phase: number) => Float32Array.from({ length: VALUES }, (_, index) => ((index + phase) % 97) / 96)
const details = (beatMs: number): CineDetails => ({ beatMs, facts: { seriesDescription: '4ch' } as CineDetails['facts'], identity: 'same' }) as CineDetails // prettier-ignore

it('keeps a real cine with its recording through a lock, follows the patient, and leaves entries', async () => {
  const { access, registry, by } = await newWorkspace()
  const patientId = registry.change(by, (change) => createPatient(change, patientFields()).id)
  const recordingId = registry.change(by, (change) => storeRecording(change, newRecording(registry, 'one')).id) as RecordingId // prettier-ignore
  attachCine(registry, by, recordingId, made(1), details(800))
  attachCine(registry, by, recordingId, made(2), details(810))
  access.lock()
  await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
  const again = access.registry()
  expect(attachedValues(again, recordingId)).toEqual(made(2))
  expect(attachedCine(again, recordingId)).toMatchObject({ frames: 50, beatMs: 810, identity: 'same' })
  expect(listAttachmentsOfPatient(again.db, patientId)).toEqual([])
  again.change(by, (change) => assignRecording(change, recordingId, patientId))
  expect(listAttachmentsOfPatient(again.db, patientId)).toMatchObject([{ kind: 'real-cine', recordingId }])
  detachCine(again, by, recordingId)
  expect(attachedCine(again, recordingId)).toBeNull()
  const actions = listAudit(again.db, { before: null, limit: 100 }).map(({ action }) => action)
  expect(actions.filter((action) => action.startsWith('attachment:')).toSorted()).toEqual(['attachment:add', 'attachment:add', 'attachment:remove', 'attachment:remove']) // prettier-ignore
})
