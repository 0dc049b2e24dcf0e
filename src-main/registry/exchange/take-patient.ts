import { statement } from '../database.ts'
import { differences, findPatientByLocalId, getPatient, reindexPatient, updatePatient } from '../tables/patients.ts'
import { noteConflict } from './conflicts.ts'
import { insertRow } from './insert-row.ts'
import type { Row } from './packet.ts'
import { differingFields, fieldsOfPatient, fieldsOfRow, presentPatientId } from './patient-row.ts'
import type { Taking } from './taking.ts'
import { noteSeen, seenVersion, versionOf } from './versions.ts'

/**
 * Takes a patient over: new ones as they are, changes that only the other side made, and everything else as a conflict
 * for somebody to decide. Nothing that was entered here is overwritten.
 */
export function takePatient(taking: Taking, row: Row): void {
  const id = String(row['id'])
  const present = presentPatientId(taking.change.db, id)
  if (present === undefined) addPatient(taking, row)
  else {
    taking.ids.set(id, present)
    comparePatient(taking, row, present)
    compareMerge(taking, row, id)
  }
  note(taking, row)
}

function addPatient(taking: Taking, row: Row): void {
  const { change, from } = taking
  const id = String(row['id'])
  const fields = fieldsOfRow(row)
  const taken = findPatientByLocalId(change.db, fields.localId)
  // One id for two patients: this one is told apart by where it comes from until somebody decides.
  const localId = taken ? freeLocalId(taking, fields.localId) : fields.localId
  const kept = row['merged_into'] === null ? null : presentPatientId(change.db, String(row['merged_into']))
  insertRow(change.db, 'patient', { ...row, local_id: localId, merged_into: kept ?? null }, taking, change.at.utcMs)
  reindexPatient(change.db, id)
  taking.ids.set(id, kept ?? id)
  change.audit({ action: 'exchange:add', kind: 'patient', id, after: { ...fields, localId, from: from.workspace } })
  taking.added('patient')
  if (taken) {
    const theirs = { patientId: id, localId: fields.localId }
    if (noteConflict(change, { workspace: from.workspace, kind: 'same-id', recordId: taken.id, theirs })) {
      taking.found('same-id')
    }
  }
}

function freeLocalId({ change, from }: Taking, localId: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const tried = `${localId.slice(0, 180)} (${from.workspace.slice(0, 8)}${attempt > 1 ? ` ${attempt}` : ''})`
    if (!findPatientByLocalId(change.db, tried)) return tried
  }
}

function comparePatient(taking: Taking, row: Row, present: string): void {
  const { change, from } = taking
  const id = String(row['id'])
  const version = versionOf('patient', row)
  // What they say is what they said when we last met: whatever differs was changed here.
  if (seenVersion(change.db, from.workspace, 'patient', id) === version) return
  const ours = getPatient(change.db, present)
  const fields = fieldsOfRow(row)
  const differing = differingFields(fieldsOfPatient(ours), fields)
  if (differing.length === 0) return
  const onlyTheyChanged = present === id && taking.theySaw('patient', id) === String(ours.revision)
  if (onlyTheyChanged && !isTaken(taking, fields.localId, id)) {
    updatePatient(change, id, ours.revision, fields, `from ${from.workspace}`)
    taking.updated('patient')
    return
  }
  const theirs = differences(ours, fields).after
  if (noteConflict(change, { workspace: from.workspace, kind: 'fields', recordId: present, theirs: { ...theirs } })) {
    taking.found('fields')
  }
}

/** They made two patients one that are two here. */
function compareMerge(taking: Taking, row: Row, id: string): void {
  const { change, from } = taking
  if (
    row['merged_into'] === null ||
    seenVersion(change.db, from.workspace, 'patient', id) === versionOf('patient', row)
  )
    return
  const kept = presentPatientId(change.db, String(row['merged_into']))
  const absorbed = presentPatientId(change.db, id)
  if (kept === undefined || absorbed === undefined || kept === absorbed) return
  const theirs = { absorbedId: absorbed }
  if (noteConflict(change, { workspace: from.workspace, kind: 'merge', recordId: kept, theirs })) taking.found('merge')
}

function isTaken({ change }: Taking, localId: string, id: string): boolean {
  return statement(change.db, 'SELECT 1 FROM patient WHERE local_id = ? AND id <> ?').get(localId, id) !== undefined
}

function note({ change, from, learned }: Taking, row: Row): void {
  const version = versionOf('patient', row)
  if (noteSeen(change.db, { workspace: from.workspace, kind: 'patient', id: String(row['id']), version })) learned()
}
