import { relative, sep } from 'node:path'
import type { BatchId, BatchItemId, BatchRow, BatchSummary } from '../../../src-preload/contract/index.ts'
import type { ReadableDb } from '../../registry/database.ts'
import type { BatchItem } from '../../registry/tables/batch-items.ts'
import { countCodes, countItems } from '../../registry/tables/batch-lists.ts'
import type { Batch } from '../../registry/tables/batches.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { compareIdentity } from '../recordings/compare-identity.ts'
import { isoTime, patientLabel, personNames } from '../recordings/recording-entry.ts'

/** A batch as the window has it, with what this process knows of it. */
export function summarise(
  db: ReadableDb,
  { id, kind, source, assignment, state, startedMs, startedBy, endedMs }: Batch,
  live: Pick<BatchSummary, 'working' | 'error' | 'remainingMs'>,
): BatchSummary {
  return {
    id: id as BatchId,
    kind,
    source,
    assignment,
    state,
    startedAt: isoTime(startedMs),
    startedBy: personNames(db)(startedBy),
    endedAt: endedMs === null ? null : isoTime(endedMs),
    counts: countItems(db, id),
    codes: countCodes(db, id),
    ...live,
  }
}

/** One file of a batch, with whose its recording is and how that differs from what the file says. */
export function describeItem(db: ReadableDb, source: string, item: BatchItem): BatchRow {
  const recording = item.recordingId === null ? null : getRecording(db, item.recordingId)
  const label = (patientId: string | null | undefined) => (patientId ? patientLabel(db, patientId) : null)
  const proposed = item.waitingFor === 'identity' ? label(item.proposedId) : null
  return {
    id: item.id as BatchItemId,
    file: shownPath(source, item.path),
    row: item.row,
    outcome: item.outcome,
    waitingFor: item.waitingFor,
    error: item.error,
    recordingId: item.recordingId as BatchRow['recordingId'],
    patient: label(recording?.patientId),
    proposed,
    differing: proposed ? differing(item, recording?.summary.patient, proposed) : [],
  }
}

function differing(
  { person }: BatchItem,
  file: Parameters<typeof compareIdentity>[0],
  proposed: Parameters<typeof compareIdentity>[1],
): BatchRow['differing'] {
  const byFile = compareIdentity(file, proposed)
  if (byFile.length > 0 || !person) return byFile
  const { name, sex, birthDate } = person
  return compareIdentity({ ...(name && { name }), sex, ...(birthDate && { birthDate }) }, proposed)
}

/** Below the folder of the batch, or beside its table, without that folder. */
export function shownPath(source: string, path: string): string {
  const below = relative(source, path)
  const beside = below.startsWith(`..${sep}`) ? below.slice(3) : below
  return beside.startsWith('..') ? path : beside
}
