import { z } from 'zod'
import { AppError, type ErrorReply } from '../../src-preload/contract/index.ts'
import { rememberingCompanions } from '../app/import-drop.ts'
import type { AnswerMemory } from '../app/reading/answer-memory.ts'
import { companionsBeside, openFile } from '../app/reading/open-file.ts'
import { readWithAnswers } from '../app/reading/read-with-answers.ts'
import type { WatchedReader } from '../app/reading/watched-reader.ts'
import { storeImport } from '../app/recordings/store-import.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { createPatient, findPatientByLocalId } from '../registry/tables/patients.ts'

export type RowOutcome =
  | { readonly id: string | null; readonly ok: true }
  | { readonly id: string | null; readonly ok: false; readonly error: ErrorReply }

export interface ImportTools {
  readonly access: WorkspaceAccess
  readonly reader: WatchedReader
  readonly answers: AnswerMemory
}

const text = z.string().trim().min(1).max(2000).nullable().default(null)

const PatientRow = z.strictObject({
  kind: z.literal('patient').optional(),
  id: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(400),
  sex: z.enum(['female', 'male', 'other', 'unknown']).default('unknown'),
  birthDate: z.iso.date().nullable().default(null),
  heightCm: z.number().positive().max(300).nullable().default(null),
  weightKg: z.number().positive().max(700).nullable().default(null),
  ethnicity: text,
  contact: text,
  notes: text,
})

const RecordingRow = z.strictObject({
  kind: z.literal('recording').optional(),
  /** What the answer is called by; the file where it is left out. */
  id: z.string().min(1).max(1024).optional(),
  file: z.string().min(1).max(4096),
  /** The patient's id; unassigned where it is left out. */
  patient: z.string().min(1).max(200).optional(),
})

/** Stores one row in one transaction. A row with a `file` is a recording, any other a patient. */
export async function importRow(tools: ImportTools, line: string): Promise<RowOutcome> {
  let id: string | null = null
  try {
    const row = parseRow(line)
    id = 'file' in row ? (row.id ?? row.file) : row.id
    if ('file' in row) await importRecording(tools, row)
    else importPatient(tools.access, row)
    return { id, ok: true }
  } catch (error) {
    if (error instanceof AppError) return { id, ok: false, error: error.toReply() }
    throw error
  }
}

function parseRow(line: string): z.infer<typeof PatientRow> | z.infer<typeof RecordingRow> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new AppError('import/not-json', 'This line is no JSON object. Write one object a line.', { cause })
  }
  const isRecording = typeof value === 'object' && value !== null && 'file' in value
  const parsed = (isRecording ? RecordingRow : PatientRow).safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('import/bad-row', `${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'not understood'}.`)
}

function importPatient(access: WorkspaceAccess, { id, ...row }: z.infer<typeof PatientRow>): void {
  const { name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = row
  const fields = { localId: id, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
  access.registry().change(access.actor(), (change) => createPatient(change, fields))
}

async function importRecording(
  { access, reader, answers }: ImportTools,
  { file, patient }: z.infer<typeof RecordingRow>,
): Promise<void> {
  const registry = access.registry()
  const owner = patient === undefined ? null : findPatientByLocalId(registry.db, patient)
  if (owner === undefined) throw new AppError('patient/unknown', 'No patient has this ID. Import the patient first.')
  const main = await openFile(file)
  const companions = rememberingCompanions(companionsBeside(file))
  const wants = { leads: true, screening: true }
  const reply = await readWithAnswers(answers, reader, main, companions.source, wants)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  await storeImport(registry, access.actor(), [main, ...companions.files()], reply.value, owner?.id ?? null)
}
