import { ageInYears } from '../../src-preload/contract/findings/age.ts'
import { AppError } from '../../src-preload/contract/index.ts'
import type { ScreeningResult } from '../../src-preload/contract/screening.ts'
import type { PreparedEcg } from '../ecg/preprocessing/prepare-screening.ts'
import type { Actor, Registry } from '../registry/registry.ts'
import { getPatient } from '../registry/tables/patients.ts'
import { getRecording, type Recording } from '../registry/tables/recordings.ts'
import { addScreening } from '../registry/tables/screenings.ts'
import { readSiteSettings } from '../registry/tables/site-settings.ts'
import type { ScreenedPerson } from '../screening/intended-use.ts'
import { siteChoice } from '../screening/site-choice.ts'
import { isoTime } from './recordings/recording-entry.ts'
import { screeningOf } from './recordings/screening-of.ts'
import { decodePrepared } from './recordings/waveform-blob.ts'
import type { Services } from './services.ts'

/**
 * Screens one recording of the registry and adds the result to it: encoder input made at import, task encoder,
 * calibrated results.
 *
 * @throws AppError the recording's own refusal (`quality/…`, `ecg/…`), `pack/…`, `intended-use/…`, `inference/…`
 */
export async function screenRecording(
  services: Services,
  registry: Registry,
  by: Actor,
  recordingId: string,
): Promise<ScreeningResult> {
  const recording = getRecording(registry.db, recordingId)
  const prepared = preparedOf(registry, recording)
  const engine = await services.engine()
  const started = performance.now()
  const { rows, provider, ms } = await engine.screen([prepared])
  const row = { ok: true, outputs: rows[0]!, provider, encodeMs: ms } as const
  const screening = screeningOf(
    engine,
    { summary: recording.summary, prepared, person: screenedPerson(registry, recording) },
    row,
    siteChoice(readSiteSettings(registry.db)),
    started,
  )
  registry.change(by, (change) => addScreening(change, { recordingId, ...screening }))
  return screening.result
}

/** Whom the recording is of: the age by the registry's birth date where it has a patient, else as the file says. */
function screenedPerson({ db }: Registry, { summary, patientId, importedMs }: Recording): ScreenedPerson {
  const patient = patientId === null ? null : getPatient(db, patientId)
  const ageYears = ageInYears(patient?.birthDate, summary.startTime ?? isoTime(importedMs))
  return ageYears === undefined ? summary : { ...summary, patient: { ...summary.patient, ageYears } }
}

/** The encoder's input as it was made at import. @throws AppError the recording's own refusal, `registry/blob-…` */
export function preparedOf(registry: Registry, recording: Recording): PreparedEcg {
  if (recording.preparedBlob !== null) return decodePrepared(registry.blobs.get(recording.preparedBlob))
  const { refusal } = recording
  if (!refusal) throw new Error('a recording without encoder input has a refusal')
  throw new AppError(refusal.code, refusal.message)
}
