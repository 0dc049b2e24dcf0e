import { expect, it } from 'vitest'
import { verifyAudit } from '../../../src-main/registry/audit/verify.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { listConflicts } from '../../../src-main/registry/exchange/conflicts.ts'
import { decide, type Decision } from '../../../src-main/registry/exchange/decide.ts'
import { listAttachmentsOfRecording, removeAttachment } from '../../../src-main/registry/tables/attachments.ts'
import { getPatient } from '../../../src-main/registry/tables/patients.ts'
import { assignRecording, getRecording } from '../../../src-main/registry/tables/recordings.ts'
import { listReviews } from '../../../src-main/registry/tables/review-rows.ts'
import { amendScreening } from '../../../src-main/registry/tables/reviews.ts'
import { mergePatients, undoMerge, listMerges } from '../../../src-main/registry/tables/merges.ts'
import { newWorkspace } from '../support.ts'
import { addPatient, addWork, bundleOf, carry, changePatient, contentOf, everything, take } from './two-laptops.ts'
import type { Laptop } from './two-laptops.ts'

const twoLaptops = async (): Promise<[Laptop, Laptop]> => [await newWorkspace(), await newWorkspace()]

const decideFirst = ({ registry, by }: Laptop, decision: Partial<Decision>): void => {
  const [conflict] = listConflicts(registry.db, 9)
  const whole = { side: 'theirs' as const, fields: [], reason: 'asked the patient', ...decision }
  decide(registry, { ...by, isReviewer: true }, conflict!.id, whole)
}

it('takes everything over, says where it came from, and changes nothing the second time', async () => {
  const [a, b] = await twoLaptops()
  const patient = addPatient(a)
  const { recordingId, screeningId } = addWork(a, patient.id, 'first')
  addWork(a, null, 'of nobody')
  const bytes = await bundleOf(a)
  const { tally } = await take(b, bytes)
  expect(tally.added).toEqual({ patient: 1, recording: 2, screening: 2, review: 4, attachment: 2 })
  expect(contentOf(b)).toEqual(contentOf(a))
  expect(getPatient(b.registry.db, patient.id)).toEqual(patient)
  expect(listReviews(b.registry.db, screeningId).map(({ state }) => state)).toEqual(['reviewed', 'signed'])
  expect(b.registry.blobs.get(getRecording(b.registry.db, recordingId).waveformBlob).toString()).toBe('first')
  const entries = listAudit(b.registry.db, { limit: 99 })
  const added = entries.filter(({ action }) => action === 'exchange:add')
  expect(added).toHaveLength(13)
  for (const { afterJson } of added) expect(afterJson).toContain('"from"')

  const before = everything(b)
  expect((await take(b, bytes)).tally).toEqual({ added: {}, updated: {}, conflicts: {} })
  expect(everything(b)).toEqual(before)
  expect(verifyAudit(b.registry.db, []).ok).toBe(true)
})

it('links the same recording of both laptops, and keeps its patient for somebody to decide', async () => {
  const [a, b] = await twoLaptops()
  const patient = addPatient(a)
  addWork(a, patient.id, 'the same waveform')
  const { recordingId } = addWork(b, null, 'the same waveform')
  const { tally } = await carry(a, b)
  expect(tally.added['recording']).toBeUndefined()
  expect(tally.conflicts).toEqual({ assignment: 1 })
  expect(getRecording(b.registry.db, recordingId).patientId).toBeNull()
  const [conflict] = listConflicts(b.registry.db, 1)
  decideFirst(b, { side: 'theirs', reason: 'the wrist band' })
  expect(getRecording(b.registry.db, recordingId).patientId).toBe(patient.id)
  const trail = listAudit(b.registry.db, { kind: 'conflict', id: conflict!.id, limit: 9 })
  expect(trail.map(({ action }) => action)).toEqual(['exchange:decide', 'exchange:conflict'])
  expect(JSON.parse(trail[1]!.afterJson!)).toMatchObject({ kind: 'assignment', recordId: recordingId })
  expect(JSON.parse(trail[0]!.afterJson!)).toMatchObject({ side: 'theirs' })
})

it('follows a change that only one side made, back and forth', async () => {
  const [a, b] = await twoLaptops()
  const { id } = addPatient(a)
  await carry(a, b)
  changePatient(b, id, { contact: 'at the school' })
  await carry(b, a)
  expect(getPatient(a.registry.db, id).contact).toBe('at the school')
  changePatient(a, id, { contact: 'at the mill', weightKg: 61 })
  expect((await carry(a, b)).tally).toMatchObject({ updated: { patient: 1 }, conflicts: {} })
  expect(getPatient(b.registry.db, id)).toMatchObject({ contact: 'at the mill', weightKg: 61 })
  // What was sent before the change is older than what is here: it changes nothing.
  expect((await carry(b, a)).tally).toEqual({ added: {}, updated: {}, conflicts: {} })
})

it('overwrites nothing that was changed on both sides until somebody decides, field by field', async () => {
  const [a, b] = await twoLaptops()
  const { id } = addPatient(a)
  await carry(a, b)
  changePatient(a, id, { contact: 'from A', notes: 'from A', heightCm: 170 })
  changePatient(b, id, { contact: 'from B', notes: 'from B' })
  const bytes = await bundleOf(a)
  expect((await take(b, bytes)).tally.conflicts).toEqual({ fields: 1 })
  expect(getPatient(b.registry.db, id)).toMatchObject({ contact: 'from B', notes: 'from B', heightCm: null })
  // Neither does the other side take it for an answer while nobody here has decided.
  expect((await carry(b, a)).tally.updated).toEqual({})
  expect(getPatient(a.registry.db, id).contact).toBe('from A')
  expect(listConflicts(b.registry.db, 9)).toMatchObject([
    { kind: 'fields', recordId: id, theirs: { contact: 'from A', notes: 'from A', heightCm: 170 } },
  ])
  decideFirst(b, { fields: ['notes', 'heightCm'] })
  expect(getPatient(b.registry.db, id)).toMatchObject({ contact: 'from B', notes: 'from A', heightCm: 170 })
  expect(listConflicts(b.registry.db, 9)).toEqual([])
  expect((await take(b, bytes)).tally).toEqual({ added: {}, updated: {}, conflicts: {} })
})

it('keeps two patients with one id apart until somebody says that they are one', async () => {
  const [a, b] = await twoLaptops()
  const theirs = addPatient(a, { localId: 'P-1', name: 'Ada Elm', contact: 'from A' })
  addWork(a, theirs.id, 'of the one from A')
  const ours = addPatient(b, { localId: 'P-1', name: 'Ada Elms' })
  expect((await carry(a, b)).tally.conflicts).toEqual({ 'same-id': 1 })
  expect(getPatient(b.registry.db, ours.id)).toEqual(ours)
  expect(getPatient(b.registry.db, theirs.id).localId).toMatch(/^P-1 \([0-9a-f]{8}\)$/)
  decideFirst(b, { fields: ['contact'] })
  expect(getPatient(b.registry.db, ours.id)).toMatchObject({ name: 'Ada Elms', contact: 'from A', localId: 'P-1' })
  expect(getPatient(b.registry.db, theirs.id).mergedInto).toBe(ours.id)
  expect((await carry(a, b)).tally).toEqual({ added: {}, updated: {}, conflicts: {} })
  const [merge] = listMerges(b.registry.db, ours.id)
  b.registry.change(b.by, (change) => undoMerge(change, merge!.id, 'two people after all'))
  expect(getPatient(b.registry.db, theirs.id).mergedInto).toBeNull()
})

it('keeps both sides’ reviews of one screening apart until a physician decides', async () => {
  const [a, b] = await twoLaptops()
  const { screeningId } = addWork(a, addPatient(a).id, 'reviewed twice')
  await carry(a, b)
  const amend = ({ registry, by }: Laptop, conclusion: string): void =>
    registry.change(by, (change) => amendScreening(change, screeningId, { agreement: 'disagree', conclusion }, 'again'))
  amend(a, 'A says')
  amend(b, 'B says')
  const conclusions = (): string[] => listReviews(b.registry.db, screeningId).map(({ conclusion }) => conclusion)
  const before = conclusions()
  expect((await carry(a, b)).tally.conflicts).toEqual({ reviews: 1 })
  expect(conclusions()).toEqual(before)
  const [conflict] = listConflicts(b.registry.db, 1)
  const decision = { side: 'theirs' as const, fields: [], reason: 'looked at both' }
  expect(() => decide(b.registry, { ...b.by, isReviewer: false }, conflict!.id, decision)).toThrow(/physician/)
  decideFirst(b, {})
  expect(conclusions()).toEqual([...before, 'A says'])
  amend(b, 'and B again')
  expect((await carry(b, a)).tally.conflicts).toEqual({ reviews: 1 })
})

it('brings nothing back that was removed here, and takes a merge over only by hand', async () => {
  const [a, b] = await twoLaptops()
  const first = addPatient(a)
  const second = addPatient(a, { localId: 'A-2' })
  const { recordingId } = addWork(a, second.id, 'of the second')
  await carry(a, b)
  const [attachment] = listAttachmentsOfRecording(b.registry.db, recordingId)
  b.registry.change(b.by, (change) => removeAttachment(change, attachment!.id, 'not this patient’s'))
  const kept = { keptId: first.id, absorbedId: second.id, keptRevision: 1, reason: 'one person' }
  const { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = first
  const fields = { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
  a.registry.change(a.by, (change) => mergePatients(change, { ...kept, fields }))
  await carry(a, b)
  expect(listAttachmentsOfRecording(b.registry.db, recordingId)).toEqual([])
  expect(getPatient(b.registry.db, second.id).mergedInto).toBeNull()
  expect(listConflicts(b.registry.db, 9).map(({ kind }) => kind)).toContain('merge')
})

it('follows an assignment that only the other side made', async () => {
  const [a, b] = await twoLaptops()
  const patient = addPatient(a)
  const { recordingId } = addWork(a, null, 'of nobody yet')
  await carry(a, b)
  await carry(b, a)
  a.registry.change(a.by, (change) => assignRecording(change, recordingId, patient.id))
  expect((await carry(a, b)).tally).toMatchObject({ updated: { recording: 1 }, conflicts: {} })
  expect(getRecording(b.registry.db, recordingId).patientId).toBe(patient.id)
})
