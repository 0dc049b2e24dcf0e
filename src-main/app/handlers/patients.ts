import type { MergeId, Patient, PatientFields, PatientId } from '../../../src-preload/contract/index.ts'
import { listPatients, patientRow } from '../../registry/search/list-patients.ts'
import {
  createPatient,
  getPatient,
  updatePatient,
  viewPatient,
  type Patient as StoredPatient,
  type PatientFields as StoredFields,
} from '../../registry/tables/patients.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { keepApart } from '../../registry/search/keep-apart.ts'
import { runInWorker } from '../../registry/worker/run-in-worker.ts'
import { allMerges, mergePatients, undoMerge } from '../../registry/tables/merges.ts'
import type { Handlers } from '../dispatch.ts'
import { requireBorn } from '../patient-fields.ts'
import { proposePatients } from '../recordings/propose-patients.ts'
import { isoTime, personNames } from '../recordings/recording-entry.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `patients:${string}`>

/** `patients:*` — who was recorded: searched, opened, changed, and made one where they are one. */
export function patientHandlers({ access }: Services): Pick<Handlers, Channels> {
  return {
    'patients:search': (list) => listPatients(access.registry().db, list),
    'patients:read': ({ patientId }) =>
      access.registry().change(access.actor(), (change) => toPatient(viewPatient(change, patientId))),
    'patients:add': (fields) =>
      access.registry().change(access.actor(), (change) => {
        requireBorn(fields, change.at)
        return toPatient(createPatient(change, toStored(fields)))
      }),
    'patients:change': ({ patientId, revision, fields, reason }) =>
      access.registry().change(access.actor(), (change) => {
        // What was wrong before must not keep anything else from being corrected.
        if (fields.birthDate !== getPatient(change.db, patientId).birthDate) requireBorn(fields, change.at)
        return toPatient(updatePatient(change, patientId, revision, toStored(fields), reason || undefined))
      }),
    'patients:propose'({ recordingId }) {
      const { db } = access.registry()
      const fromFile = getRecording(db, recordingId).summary.patient ?? null
      return { fromFile, rows: fromFile ? proposePatients(db, fromFile) : [] }
    },
    async 'patients:list-duplicates'() {
      const { registry, release } = access.holdOpen()
      try {
        const order = { registryDirectory: access.directory, dataKey: access.dataKey() }
        const found = await runInWorker({ task: 'find-duplicates', ...order })
        return found.map(({ firstId, secondId, reasons }) => ({
          first: patientRow(registry.db, firstId),
          second: patientRow(registry.db, secondId),
          reasons,
        }))
      } finally {
        release()
      }
    },
    'patients:keep-apart'({ firstId, secondId }) {
      access.registry().change(access.actor(), (change) => keepApart(change, firstId, secondId))
    },
    'patients:merge'({ keptId, mergedId, reason }) {
      const registry = access.registry()
      const { revision, ...kept } = getPatient(registry.db, keptId)
      const id = registry.change(access.actor(), (change) =>
        mergePatients(change, { keptId, absorbedId: mergedId, keptRevision: revision, fields: fieldsOf(kept), reason }),
      )
      return merges().find((merge) => merge.id === id)!
    },
    'patients:list-merges': () => merges(),
    'patients:undo-merge'({ mergeId }) {
      access.registry().change(access.actor(), (change) => undoMerge(change, mergeId, ''))
    },
  }

  function merges() {
    const { db } = access.registry()
    const nameOf = personNames(db)
    return allMerges(db).map((merge) => {
      const absorbed = getPatient(db, merge.absorbedId)
      return {
        id: merge.id as MergeId,
        keptId: merge.keptId as PatientId,
        keptName: getPatient(db, merge.keptId).name,
        mergedName: absorbed.name,
        mergedLocalId: absorbed.localId,
        mergedAt: isoTime(merge.mergedMs),
        mergedBy: nameOf(merge.mergedBy),
      }
    })
  }
}

/** An empty text is no fact. */
function toStored(fields: PatientFields): StoredFields {
  const { ethnicity, contact, notes } = fields
  return { ...fields, ethnicity: ethnicity || null, contact: contact || null, notes: notes || null }
}

function fieldsOf(patient: StoredFields): StoredFields {
  const { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = patient
  return { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
}

function toPatient(stored: StoredPatient): Patient {
  const { ethnicity, contact, notes, ...fields } = fieldsOf(stored)
  return {
    ...fields,
    ethnicity: ethnicity ?? '',
    contact: contact ?? '',
    notes: notes ?? '',
    id: stored.id as PatientId,
    revision: stored.revision,
    createdAt: isoTime(stored.createdMs),
    changedAt: isoTime(stored.updatedMs),
  }
}
