import type { Actor, Registry } from '../../../src-main/registry/registry.ts'
import { verifyAudit } from '../../../src-main/registry/audit/verify.ts'
import { createPatient, findPatientByLocalId } from '../../../src-main/registry/tables/patients.ts'
import { getRecording, listRecordingsOfPatient, storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { madeUpPatient } from '../../../src-main/registry/demonstration/made-up-patients.ts'
import { newRecordingOf } from '../new-recording.ts'

/** Step `index` of a day's work: a patient is registered, a recording imported with its blob; one transaction each. */
export function workStep(registry: Registry, by: Actor, index: number): string {
  const fields = madeUpPatient(1, index)
  if (!findPatientByLocalId(registry.db, fields.localId)) {
    registry.change(by, (change) => createPatient(change, fields))
  }
  const { id } = findPatientByLocalId(registry.db, fields.localId)!
  const recording = newRecordingOf(registry, contentOf(index), { patientId: id })
  registry.change(by, (change) => storeRecording(change, recording))
  return fields.localId
}

/** What is wrong with a registry that acknowledged these patients before it was cut off; empty where nothing is. */
export function problemsOf(registry: Registry, acknowledged: readonly string[]): string[] {
  const { db } = registry
  const problems: string[] = []
  const check = db.pragma('integrity_check', { simple: true })
  if (check !== 'ok') problems.push(`integrity: ${String(check)}`)
  const verdict = verifyAudit(db, [])
  if (!verdict.ok) problems.push(`audit: ${JSON.stringify(verdict.firstBad)}`)
  for (const localId of acknowledged) {
    const patient = findPatientByLocalId(db, localId)
    const recordings = patient ? listRecordingsOfPatient(db, patient.id) : []
    if (recordings.length !== 1) problems.push(`lost: ${localId}`)
  }
  const count = (sql: string): number => (db.prepare(sql).get() as { count: number }).count
  const patients = count('SELECT count(*) AS count FROM patient')
  if (patients > acknowledged.length + 1) problems.push(`${patients} patients, ${acknowledged.length} acknowledged`)
  for (const [table, action] of [
    ['patient', 'patient:create'],
    ['recording', 'recording:import'],
  ]) {
    // prettier-ignore
    const rows = count(`SELECT count(*) AS count FROM ${table}`)
    const entries = count(`SELECT count(*) AS count FROM audit WHERE action = '${action}'`)
    if (rows !== entries) problems.push(`half a transaction: ${rows} rows of ${table}, ${entries} entries`)
  }
  for (const { id } of db.prepare('SELECT id FROM recording').all() as { id: string }[]) {
    const { patientId, waveformBlob } = getRecording(db, id)
    if (patientId === null) problems.push('a recording lost its patient')
    registry.blobs.get(waveformBlob)
  }
  return problems
}

const contentOf = (index: number): string => `waveform of step ${index} `.repeat(200)
