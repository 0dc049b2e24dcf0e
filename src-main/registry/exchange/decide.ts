import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Change, Registry } from '../registry.ts'
import { keepApart } from '../search/keep-apart.ts'
import { mergePatients } from '../tables/merges.ts'
import { getPatient, updatePatient, type PatientFields } from '../tables/patients.ts'
import { assignRecording } from '../tables/recordings.ts'
import { markDecided, openConflict, type Conflict } from './conflicts.ts'
import type { Row } from './packet.ts'
import { fieldsOfPatient } from './patient-row.ts'
import { addReview } from './take-reviews.ts'

/**
 * What somebody decided: `theirs` takes the other side's word over, for `fields` and `same-id` field by field;
 * `ours` leaves everything as it is here.
 */
export interface Decision {
  readonly side: 'ours' | 'theirs'
  /** The fields that become the other side's; the others stay. For `fields`, and `same-id` where it is one person. */
  readonly fields: readonly (keyof PatientFields)[]
  readonly reason: string
}

/**
 * Ends a conflict as somebody decided, in one transaction with its trail.
 *
 * @throws AppError `exchange/decided-already`, `patient/…`
 */
export function decideConflict(change: Change, id: string, decision: Decision): void {
  const conflict = openConflict(change.db, id)
  if (decision.side === 'theirs') followTheirs(change, conflict, decision)
  else if (conflict.kind === 'same-id') keepApart(change, conflict.recordId, String(conflict.theirs['patientId']))
  markDecided(change, conflict, decision)
}

function followTheirs(change: Change, conflict: Conflict, { fields, reason }: Decision): void {
  const { db } = change
  const { recordId, theirs, kind, workspace } = conflict
  switch (kind) {
    case 'fields': {
      const ours = getPatient(db, recordId)
      updatePatient(change, recordId, ours.revision, chosen(fieldsOfPatient(ours), theirs, fields), reason)
      return
    }
    case 'same-id':
    case 'merge': {
      const absorbedId = String(theirs['patientId'] ?? theirs['absorbedId'])
      const kept = getPatient(db, recordId)
      const other = fieldsOfPatient(getPatient(db, absorbedId))
      mergePatients(change, {
        keptId: recordId,
        absorbedId,
        keptRevision: kept.revision,
        fields: chosen(fieldsOfPatient(kept), { ...other }, fields),
        reason,
      })
      return
    }
    case 'assignment': {
      const patientId = theirs['patientId']
      assignRecording(change, recordId, patientId === null ? null : String(patientId), null, reason)
      return
    }
    case 'reviews': {
      const taking = { change, from: { workspace, own: '' }, ids: new Map(), blobs: new Map(), added: () => undefined }
      for (const row of theirs['reviews'] as Row[]) addReview(taking, { ...row, screening_id: recordId })
      return
    }
    default:
      throw new Error(`unknown kind of conflict ${kind satisfies never}`)
  }
}

function chosen(
  ours: PatientFields,
  theirs: Record<string, unknown>,
  fields: readonly (keyof PatientFields)[],
): PatientFields {
  // The local id is never shared by two patients, so a merge keeps that of the kept one.
  const taken = fields.filter((field) => field in theirs)
  return { ...ours, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) }
}

/** Decides in a change of its own. @throws AppError `exchange/not-yours` for reviews without the role */
export function decide(
  registry: Registry,
  by: { id: string; name: string; isReviewer: boolean },
  id: string,
  decision: Decision,
): void {
  if (openConflict(registry.db, id).kind === 'reviews' && !by.isReviewer) {
    throw new AppError('exchange/not-yours', 'Whose review stands is a physician’s decision. Ask a reviewer.')
  }
  registry.change(by, (change) => decideConflict(change, id, decision))
}
