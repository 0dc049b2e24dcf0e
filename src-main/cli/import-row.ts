import { z } from 'zod'
import { AppError, type ErrorReply, type IdentityMismatch } from '../../src-preload/contract/index.ts'
import { rememberingCompanions } from '../app/import-drop.ts'
import { patientProblems, requireBorn } from '../app/patient-fields.ts'
import type { AnswerMemory } from '../app/reading/answer-memory.ts'
import { companionsBeside, openFile } from '../app/reading/open-file.ts'
import { readWithAnswers } from '../app/reading/read-with-answers.ts'
import type { WatchedReader } from '../app/reading/watched-reader.ts'
import { compareIdentity } from '../app/recordings/compare-identity.ts'
import { patientLabel } from '../app/recordings/recording-entry.ts'
import { storeImport } from '../app/recordings/store-import.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { createPatient, presentPatient } from '../registry/tables/patients.ts'
import { assignRecording, getRecording } from '../registry/tables/recordings.ts'

export type RowOutcome =
  | { readonly id: string | null; readonly ok: true }
  | { readonly id: string | null; readonly ok: false; readonly error: ErrorReply }

export interface ImportTools {
  readonly access: WorkspaceAccess
  readonly reader: WatchedReader
  readonly answers: AnswerMemory
}

const LONGEST_NAME = 1024

/** Nothing typed is no fact. */
const optional = z
  .string()
  .trim()
  .nullable()
  .default(null)
  .transform((text) => text || null)
const number = z.number().nullable().default(null)

/** Limits stand in `patient-fields.ts`, for whoever brings a patient. */
const PatientRow = z.strictObject({
  kind: z.literal('patient').optional(),
  id: z.string().trim(),
  name: z.string().trim(),
  sex: z.enum(['female', 'male', 'other', 'unknown']).default('unknown'),
  birthDate: optional,
  heightCm: number,
  weightKg: number,
  ethnicity: optional,
  contact: optional,
  notes: optional,
})

const RecordingRow = z.strictObject({
  kind: z.literal('recording').optional(),
  /** What the answer is called by; the file where it is left out. */
  id: z.string().min(1).max(1024).optional(),
  file: z.string().min(1).max(4096),
  /** The patient's id; unassigned where it is left out. */
  patient: z.string().min(1).max(200).optional(),
})

/** Stores one row. A row with a `file` is a recording, any other a patient. */
export async function importRow(tools: ImportTools, line: string): Promise<RowOutcome> {
  let id: string | null = null
  try {
    const value = parseJson(line)
    id = calledBy(value)
    const row = parseRow(value)
    if ('file' in row) await importRecording(tools, row)
    else importPatient(tools.access, row)
    return { id, ok: true }
  } catch (error) {
    if (error instanceof AppError) return { id, ok: false, error: error.toReply() }
    throw error
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new AppError('import/not-json', 'This line is no JSON object. Write one object a line.', { cause })
  }
}

/** What the answer is called by, also where the row is refused. */
function calledBy(value: unknown): string | null {
  const { id, file } = (value ?? {}) as { id?: unknown; file?: unknown }
  const name = id ?? file
  return typeof name === 'string' ? name.trim().slice(0, LONGEST_NAME) : null
}

function parseRow(value: unknown): z.infer<typeof PatientRow> | z.infer<typeof RecordingRow> {
  const isRecording = typeof value === 'object' && value !== null && 'file' in value
  const parsed = (isRecording ? RecordingRow : PatientRow).safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badRow(issue?.path.join('.') || 'the row', `${issue?.message ?? 'not understood'}.`)
}

const badRow = (field: string, sentence: string): AppError => new AppError('import/bad-row', `${field}: ${sentence}`)

function importPatient(access: WorkspaceAccess, { id, ...row }: z.infer<typeof PatientRow>): void {
  const { name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = row
  const fields = { localId: id, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
  const [problem] = patientProblems(fields)
  if (problem) throw badRow(problem.field === 'localId' ? 'id' : problem.field, problem.message)
  access.registry().change(access.actor(), (change) => {
    requireBorn(fields, change.at)
    createPatient(change, fields)
  })
}

async function importRecording(
  { access, reader, answers }: ImportTools,
  { file, patient }: z.infer<typeof RecordingRow>,
): Promise<void> {
  const registry = access.registry()
  const owner = patient === undefined ? null : presentPatient(registry.db, patient)
  if (owner === undefined) throw new AppError('patient/unknown', 'No patient has this ID. Import the patient first.')
  const main = await openFile(file)
  const companions = rememberingCompanions(companionsBeside(file))
  const wants = { leads: true, screening: true }
  const reply = await readWithAnswers(answers, reader, main, companions.source, wants)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const differing =
    owner === null ? [] : compareIdentity(reply.value.summary.patient, patientLabel(registry.db, owner.id))
  const patientId = owner === null || differing.length > 0 ? null : owner.id
  const { id } = await storeImport(registry, access.actor(), [main, ...companions.files()], reply.value, patientId)
  if (owner !== null) settleOwner(access, id, owner.id, differing)
}

/** What was imported before, or names somebody else, belongs to `ownerId` only where a person has said so. */
function settleOwner(
  access: WorkspaceAccess,
  recordingId: string,
  ownerId: string,
  differing: readonly IdentityMismatch[],
): void {
  const registry = access.registry()
  const { patientId } = getRecording(registry.db, recordingId)
  if (patientId === ownerId) return
  if (patientId !== null) {
    throw new AppError(
      'recordings/of-another',
      'This recording is in the registry already, as another patient’s. Nothing was changed: compare the two in the window.',
    )
  }
  if (differing.length > 0) {
    const fields = differing.map(({ field }) => field).join(', ')
    throw new AppError(
      'recordings/other-person',
      `The file names another person (${fields}). The recording is kept without a patient: compare the two in the window.`,
    )
  }
  registry.change(access.actor(), (change) => assignRecording(change, recordingId, ownerId))
}
