import { AppError } from '../../../src-preload/contract/index.ts'
import { getPatient } from '../../registry/tables/patients.ts'
import { assignRecording, getRecording, listRecordingsOfPatient } from '../../registry/tables/recordings.ts'
import type { Handlers } from '../dispatch.ts'
import { compareIdentity } from '../recordings/compare-identity.ts'
import { patientLabel, readEntry, toEntry } from '../recordings/recording-entry.ts'
import type { Services } from '../services.ts'

type Channels = 'recordings:read' | 'recordings:list-of-patient' | 'recordings:assign'

/** `recordings:*` — one recording with all that was said of it, and whose it is. */
export function recordingHandlers({ access }: Services): Pick<Handlers, Channels> {
  return {
    'recordings:read'({ recordingId }) {
      const registry = access.registry()
      const entry = readEntry(registry.db, recordingId)
      registry.change(access.actor(), (change) =>
        change.audit({
          action: 'recording:view',
          kind: 'recording',
          id: recordingId,
          after: { patientId: entry.patient?.id ?? null },
        }),
      )
      return entry
    },
    'recordings:list-of-patient'({ patientId }) {
      const { db } = access.registry()
      return listRecordingsOfPatient(db, patientId).map((recording) => toEntry(db, recording))
    },
    'recordings:assign'({ recordingId, patientId, confirmed, reason }) {
      const registry = access.registry()
      const { summary } = getRecording(registry.db, recordingId)
      if (patientId !== null && getPatient(registry.db, patientId).mergedInto !== null) {
        throw new AppError('patient/merged', 'This patient was merged into another meanwhile. Choose that one.')
      }
      const differing =
        patientId === null
          ? []
          : compareIdentity(summary.patient, patientLabel(registry.db, patientId)).map(({ field }) => field)
      if (differing.length > 0 && !confirmed) {
        throw new AppError(
          'recordings/other-person',
          `The file names another person (${differing.join(', ')}). Compare the two, then choose again.`,
        )
      }
      const identity = differing.length > 0 ? { differing, reason } : null
      registry.change(access.actor(), (change) =>
        assignRecording(change, recordingId, patientId, identity, reason === '' ? undefined : reason),
      )
      return readEntry(registry.db, recordingId)
    },
  }
}
