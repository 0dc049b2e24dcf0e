import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { Engine } from '../../inference/engine.ts'
import type { Actor, Change, Registry } from '../../registry/registry.ts'
import { endItem, type DoneOutcome } from '../../registry/tables/batch-items.ts'
import type { Assignment } from '../../registry/tables/batches.ts'
import { createPatient } from '../../registry/tables/patients.ts'
import { readSiteSettings } from '../../registry/tables/site-settings.ts'
import { assignRecording, getRecording, storeRecording } from '../../registry/tables/recordings.ts'
import { addScreening, listScreenings, type NewScreening } from '../../registry/tables/screenings.ts'
import { siteChoice, type SiteChoice } from '../../screening/site-choice.ts'
import type { ScreenedRow } from '../../screening/screen-rows.ts'
import { screeningOf } from '../recordings/screening-of.ts'
import { putBlobs } from '../recordings/store-import.ts'
import { choosePatient, type PatientChoice } from './choose-patient.ts'
import { isQuestion, type ReadItem } from './read-item.ts'

type NewResult = Omit<NewScreening, 'recordingId'>

/**
 * Writes what became of a file: recording, patient, screening and outcome in one transaction, so that after a kill all
 * of it is there or the file is still queued.
 *
 * @param row  what the encoder said; undefined where it was not asked
 * @throws AppError `registry/…`: nothing is stored then
 */
export async function endRead(
  registry: Registry,
  by: Actor,
  engine: Engine,
  assignment: Assignment,
  { item, files, reply, header, startedMs }: ReadItem,
  row: ScreenedRow | undefined,
): Promise<void> {
  if (isQuestion(reply)) {
    const error = reply.ok ? reply.value.refusal : reply.error
    registry.change(by, (change) => endItem(change, item, { outcome: 'waiting', waitingFor: 'answer', header, error }))
    return
  }
  if (!reply.ok) {
    registry.change(by, (change) => endItem(change, item, { outcome: 'refused', error: reply.error }))
    return
  }
  const { summary, prepared, refusal } = reply.value
  const choice = siteChoice(readSiteSettings(registry.db))
  const { screening, error } = resultOf(engine, reply.value, row, choice, startedMs)
  const parts = await putBlobs(registry, files, reply.value)
  registry.change(by, (change) => {
    const whose = choosePatient(change.db, assignment, item.person, summary.patient)
    const { patientId, proposedId } = patientOf(change, whose)
    const stored = storeRecording(change, { ...parts, patientId })
    const recordingId = stored.id
    const before = getRecording(change.db, recordingId)
    if (before.patientId === null && patientId !== null) assignRecording(change, recordingId, patientId)
    if (screening && !isScreened(change, recordingId, screening)) addScreening(change, { recordingId, ...screening })
    const limited = prepared !== null && summary.quality?.verdict === 'limited'
    const reason = refusal ?? error
    const done: DoneOutcome =
      stored.outcome !== 'added' ? 'known' : reason ? 'refused' : limited ? 'limited' : 'screened'
    const end = { recordingId, error: reason }
    // A known recording that is somebody's already waits for nobody.
    if (proposedId === null || before.patientId !== null) endItem(change, item, { ...end, outcome: done })
    else endItem(change, item, { ...end, outcome: 'waiting', waitingFor: 'identity', decidedOutcome: done, proposedId })
  })
}

function resultOf(
  engine: Engine,
  { summary, prepared }: { summary: Parameters<typeof screeningOf>[1]['summary']; prepared: Parameters<typeof screeningOf>[1]['prepared'] | null }, // prettier-ignore
  row: ScreenedRow | undefined,
  choice: SiteChoice,
  startedMs: number,
): { screening: NewResult | null; error: ErrorReply | null } {
  if (!prepared || !row) return { screening: null, error: null }
  if (!row.ok) return { screening: null, error: row.error }
  try {
    return { screening: screeningOf(engine, { summary, prepared }, row, choice, startedMs), error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { screening: null, error: error.toReply() }
  }
}

function patientOf(change: Change, choice: PatientChoice): { patientId: string | null; proposedId: string | null } {
  switch (choice.kind) {
    case 'nobody':
      return { patientId: null, proposedId: null }
    case 'known':
      return { patientId: choice.patientId, proposedId: null }
    case 'new':
      return { patientId: createPatient(change, choice.fields).id, proposedId: null }
    case 'ask':
      return { patientId: null, proposedId: choice.patientId }
    case 'ask-new':
      return { patientId: null, proposedId: createPatient(change, choice.fields).id }
  }
}

/** The same pack has said something about the same input already. */
function isScreened({ db }: Change, recordingId: string, { result, inputSha256 }: NewResult): boolean {
  return listScreenings(db, recordingId).some(
    (known) => known.inputSha256 === inputSha256 && known.result.pack.sha256 === result.pack.sha256,
  )
}
