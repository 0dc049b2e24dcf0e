import type { RecordingId } from '../../../src-preload/contract/ids.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CaseCandidate, CaseFilter, CasePreview, ChosenCase } from '../../../src-preload/contract/study-cases.ts'
import type { Registry } from '../../registry/registry.ts'
import { findCandidates } from '../../registry/studies/find-candidates.ts'
import { listCases } from '../../registry/studies/study-cases.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import { attachedValues } from '../cines/attached-cines.ts'
import { waveformOf } from '../recordings/waveform-blob.ts'
import { preparedOf } from '../screen-recording.ts'
import type { Services } from '../services.ts'
import { type CaseSource, type PreparationReport, prepareCases, type PrepareOptions } from './prepare-cases.ts'
import type { TakenCine } from './real-cine.ts'

/** Signed recordings that fit the filter, newest first, with nothing that names a patient. */
export function candidates(registry: Registry, filter: CaseFilter): CaseCandidate[] {
  return findCandidates(registry.db, filter).flatMap(({ birthDate, positive, agreement, recordingId, ...row }) => {
    const ageYears = ageAt(birthDate, row.recordedDate)
    if (filter.ageFrom !== null && !(ageYears !== null && ageYears >= filter.ageFrom)) return []
    if (filter.ageTo !== null && !(ageYears !== null && ageYears <= filter.ageTo)) return []
    const signedTruth = positive === (agreement === 'agree') ? 1 : 0
    return [{ ...row, recordingId: recordingId as CaseCandidate['recordingId'], ageYears, signedTruth }]
  })
}

/** Whole years at the recording; null where either date is unknown. */
function ageAt(birthDate: string | null, recordedDate: string | null): number | null {
  if (birthDate === null || recordedDate === null) return null
  const years = Number(recordedDate.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const age = recordedDate.slice(5) < birthDate.slice(5) ? years - 1 : years
  return age < 0 ? null : age
}

/**
 * Prepares recordings of the registry as the cases 1, 2, … in the order given.
 *
 * @throws AppError `recording/unknown`, `study/case-twice`, and as `prepareCases`
 */
export function prepareRecordings(
  services: Services,
  studyId: string,
  chosen: readonly ChosenCase[],
  options: PrepareOptions,
): Promise<PreparationReport> {
  const registry = services.access.registry()
  if (new Set(chosen.map((one) => one.recordingId)).size !== chosen.length)
    throw new AppError('study/case-twice', 'A recording was chosen twice. Every case is one recording.')
  return prepareCases(
    services,
    studyId,
    chosen.map((one, index) => sourceOf(registry, one, index)),
    options,
  )
}

function sourceOf(registry: Registry, chosen: ChosenCase, index: number): CaseSource {
  const { recordingId, truth, subtype, stratum, training } = chosen
  return {
    row: index + 1,
    known: { caseId: index + 1, truth, subtype },
    stratum,
    training,
    columns: { ecg: 'ecg', real: 'cine' },
    async readEcg() {
      const recording = getRecording(registry.db, recordingId)
      return {
        summary: recording.summary,
        leads: waveformOf(registry, recording).leads,
        prepared: preparedOf(registry, recording),
      }
    },
    readReal: async () => realCineOf(registry, recordingId),
  }
}

function realCineOf(registry: Registry, recordingId: RecordingId): TakenCine {
  const values = attachedValues(registry, recordingId)
  if (values) return { values, note: { code: 'cine/as-attached', values: {}, message: 'as attached to the recording' } }
  throw new AppError(
    'study/cine-missing',
    'The study shows a real cine, and none is attached to this recording. Attach one on its page, or leave it out.',
  )
}

/** A case of a draft as readers would see it. @throws AppError `study/unknown-case` */
export function previewCase(registry: Registry, studyId: string, caseId: number): CasePreview {
  const one = listCases(registry.db, studyId).find((stored) => stored.caseId === caseId)
  if (!one) throw new AppError('study/unknown-case', `The draft has no prepared case ${caseId}.`)
  const bytes = (blob: string | null) => (blob === null ? null : Uint8Array.from(registry.blobs.get(blob)))
  return {
    caseId,
    ecg: new Int16Array(bytes(one.ecgBlob)!.buffer),
    real: bytes(one.realBlob),
    generated: bytes(one.generatedBlob),
    cycleMs: one.cycleMs,
  }
}
