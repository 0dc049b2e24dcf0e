import type { ExchangeConflict } from '../../../src-preload/contract/exchange.ts'
import type { ReadableDb } from '../../registry/database.ts'
import type { Conflict } from '../../registry/exchange/conflicts.ts'
import type { Row } from '../../registry/exchange/packet.ts'
import { differingFields, fieldsOfPatient } from '../../registry/exchange/patient-row.ts'
import { getPatient, type PatientFields } from '../../registry/tables/patients.ts'
import { getRecording, listSources } from '../../registry/tables/recordings.ts'
import { currentReview } from '../../registry/tables/review-rows.ts'
import { getScreening } from '../../registry/tables/screenings.ts'
import { isoTime } from '../recordings/recording-entry.ts'

/** A conflict as a person decides it: both sides beside each other, as they are now. */
export function describeConflict(db: ReadableDb, conflict: Conflict): ExchangeConflict {
  const { id, kind, workspace, foundMs } = conflict
  const common = { id: id as ExchangeConflict['id'], kind, workspace, foundAt: isoTime(foundMs), reviews: null }
  return { ...common, ...sides(db, conflict) }
}

type Sides = Pick<ExchangeConflict, 'subject' | 'ours' | 'theirs' | 'differences'> &
  Partial<Pick<ExchangeConflict, 'reviews'>>

function sides(db: ReadableDb, { kind, recordId, theirs }: Conflict): Sides {
  switch (kind) {
    case 'fields': {
      const ours = fieldsOfPatient(getPatient(db, recordId))
      const other = { ...ours, ...(theirs as Partial<PatientFields>) }
      return { subject: label(ours), ours: label(ours), theirs: label(other), differences: between(ours, other) }
    }
    case 'same-id':
    case 'merge': {
      const ours = fieldsOfPatient(getPatient(db, recordId))
      const other = fieldsOfPatient(getPatient(db, String(theirs['patientId'] ?? theirs['absorbedId'])))
      const differences = between(ours, other).filter(({ field }) => field !== 'localId')
      return { subject: label(ours), ours: label(ours), theirs: label(other), differences }
    }
    case 'assignment': {
      const recording = getRecording(db, recordId)
      const owner = theirs['patientId']
      return {
        subject: fileOf(db, recordId),
        ours: recording.patientId === null ? null : label(getPatient(db, recording.patientId)),
        theirs: owner === null ? null : label(getPatient(db, String(owner))),
        differences: [],
      }
    }
    case 'reviews': {
      const last = (theirs['reviews'] as Row[]).at(-1)!
      const ours = currentReview(db, recordId)!
      const said = (by: unknown, agreement: unknown, conclusion: unknown): string =>
        `${String(by)}: ${String(agreement)}. ${String(conclusion)}`
      return {
        subject: fileOf(db, getScreening(db, recordId).recordingId),
        ours: null,
        theirs: null,
        differences: [],
        reviews: {
          ours: said(ours.reviewerName, ours.agreement, ours.conclusion),
          theirs: said(last['reviewer_name'], last['agreement'], last['conclusion']),
        },
      }
    }
    default:
      throw new Error(`unknown kind of conflict ${kind satisfies never}`)
  }
}

const between = (ours: PatientFields, theirs: PatientFields): ExchangeConflict['differences'] =>
  differingFields(ours, theirs).map((field) => ({ field, ours: ours[field], theirs: theirs[field] }))

const label = ({ name, localId }: Pick<PatientFields, 'name' | 'localId'>): string => `${name} (${localId})`

const fileOf = (db: ReadableDb, recordingId: string): string => listSources(db, recordingId)[0]?.fileName ?? ''
