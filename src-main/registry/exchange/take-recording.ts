import { statement } from '../database.ts'
import { assignRecording, findRecordingByWaveform, getRecording } from '../tables/recordings.ts'
import { noteConflict } from './conflicts.ts'
import { insertRow } from './insert-row.ts'
import type { Row } from './packet.ts'
import { isKnown, type Taking } from './taking.ts'
import { noteSeen, seenVersion, versionOf } from './versions.ts'

/** Takes a recording over, or links it with the recording here that has the same waveform. */
export function takeRecording(taking: Taking, row: Row): void {
  const { change, from, ids } = taking
  const id = String(row['id'])
  const theirOwner = row['patient_id'] === null ? null : (ids.get(String(row['patient_id'])) ?? null)
  const known = isKnown(change.db, 'recording', { id })
    ? id
    : findRecordingByWaveform(change.db, String(row['waveform_sha256']))?.id
  if (known === undefined) {
    insertRow(change.db, 'recording', row, taking, change.at.utcMs)
    change.audit({
      action: 'exchange:add',
      kind: 'recording',
      id,
      after: { patientId: theirOwner, waveformSha256: row['waveform_sha256'], from: from.workspace },
    })
    taking.added('recording')
  } else {
    ids.set(id, known)
    compareOwner(taking, row, known, theirOwner)
  }
  const version = versionOf('recording', row)
  if (noteSeen(change.db, { workspace: from.workspace, kind: 'recording', id, version })) taking.learned()
}

function compareOwner(taking: Taking, row: Row, known: string, theirOwner: string | null): void {
  const { change, from } = taking
  const ours = getRecording(change.db, known)
  const id = String(row['id'])
  if (ours.patientId === theirOwner) return
  if (seenVersion(change.db, from.workspace, 'recording', id) === versionOf('recording', row)) return
  if (known === id && taking.theySaw('recording', id) === (ours.patientId ?? '')) {
    assignRecording(change, known, theirOwner, null, `from ${from.workspace}`)
    taking.updated('recording')
    return
  }
  const theirs = { patientId: theirOwner }
  if (noteConflict(change, { workspace: from.workspace, kind: 'assignment', recordId: known, theirs })) {
    taking.found('assignment')
  }
}

/** A file that a recording came from: the same bytes are one source, whoever imported them. */
export function takeSource(taking: Taking, row: Row, files: readonly Row[]): void {
  const { change } = taking
  const sha256 = row['content_sha256']
  if (statement(change.db, 'SELECT 1 FROM recording_source WHERE content_sha256 = ?').get(sha256)) return
  insertRow(change.db, 'recording_source', row, taking, change.at.utcMs)
  for (const file of files) insertRow(change.db, 'recording_file', file, taking, change.at.utcMs)
  change.audit({
    action: 'exchange:add',
    kind: 'recording_source',
    id: String(row['id']),
    after: { contentSha256: sha256, from: taking.from.workspace },
  })
}
