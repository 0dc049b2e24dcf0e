/** `patients:*`: who was recorded. */
import { z } from 'zod'
import { EARLIEST_BIRTH_DATE, FINDINGS, PATIENT_LIMITS, PATIENT_ORDERS } from './constants.ts'
import { FilePatient } from './ecg.ts'
import { MergeId, PatientId, RecordingId } from './ids.ts'

const { heightCm, weightKg } = PATIENT_LIMITS

/** One line: a name with a line break in it could look like two. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)

export const Sex = z.enum(['female', 'male', 'other', 'unknown'])
export type Sex = z.infer<typeof Sex>

/** What is typed about a patient. `localId` is the number by which this hospital knows the patient. */
export const PatientFields = z.strictObject({
  localId: line(PATIENT_LIMITS.localId),
  /** In any script; a Chinese name is found by its pinyin too. */
  name: line(PATIENT_LIMITS.name),
  sex: Sex,
  birthDate: z.iso
    .date()
    .refine((date) => date >= EARLIEST_BIRTH_DATE)
    .nullable(),
  heightCm: z.number().min(heightCm[0]).max(heightCm[1]).nullable(),
  weightKg: z.number().min(weightKg[0]).max(weightKg[1]).nullable(),
  ethnicity: z.string().max(PATIENT_LIMITS.ethnicity),
  contact: z.string().max(PATIENT_LIMITS.contact),
  notes: z.string().max(PATIENT_LIMITS.notes),
})
export type PatientFields = z.infer<typeof PatientFields>

export const Patient = PatientFields.extend({
  id: PatientId,
  /** Counts changes: a change that was typed against an older revision is refused, never silently lost. */
  revision: z.int().min(1),
  createdAt: z.string(),
  changedAt: z.string(),
})
export type Patient = z.infer<typeof Patient>

export const PatientRow = z.strictObject({
  id: PatientId,
  localId: z.string(),
  name: z.string(),
  sex: Sex,
  birthDate: z.string().nullable(),
  recordingCount: z.int().min(0),
  lastRecordedAt: z.string().nullable(),
  /** Some screening of this patient is above a threshold. */
  positive: z.boolean(),
})
export type PatientRow = z.infer<typeof PatientRow>

/** A pair that may be one person, and why it looks so. Nothing is merged by itself. */
export const DuplicatePair = z.strictObject({
  first: PatientRow,
  second: PatientRow,
  reasons: z.array(z.enum(['same-name', 'similar-name', 'same-birth-date', 'similar-id'])),
})
export type DuplicatePair = z.infer<typeof DuplicatePair>

export const MergeRecord = z.strictObject({
  id: MergeId,
  keptId: PatientId,
  keptName: z.string(),
  mergedName: z.string(),
  mergedLocalId: z.string(),
  mergedAt: z.string(),
  mergedBy: z.string(),
})
export type MergeRecord = z.infer<typeof MergeRecord>

export const patientContract = {
  'patients:search': {
    input: z.strictObject({
      /** Any part of a name, its pinyin or initials, an id, a birth date, or the date of a visit. */
      text: z.string().max(200),
      /** Only those in whom some screening was above the threshold of this disease. */
      finding: z.enum(FINDINGS).nullable(),
      order: z.enum(PATIENT_ORDERS),
      descending: z.boolean(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    /** A search stops counting at some thousand: `more` match then, and the newest of them are listed. */
    output: z.strictObject({ total: z.int().min(0), more: z.boolean(), rows: z.array(PatientRow) }),
  },
  /** Viewing a patient is an entry of the audit trail. */
  'patients:read': { input: z.strictObject({ patientId: PatientId }), output: Patient },
  'patients:add': { input: PatientFields, output: Patient },
  'patients:change': {
    input: z.strictObject({
      patientId: PatientId,
      revision: z.int().min(1),
      fields: PatientFields,
      reason: z.string().max(500),
    }),
    output: Patient,
  },
  /** Patients who may be the one that a file names. */
  'patients:propose': {
    input: z.strictObject({ recordingId: RecordingId }),
    output: z.strictObject({ fromFile: FilePatient.nullable(), rows: z.array(PatientRow) }),
  },
  'patients:list-duplicates': { input: z.void(), output: z.array(DuplicatePair) },
  /** They are two people: the pair is not proposed again. */
  'patients:keep-apart': {
    input: z.strictObject({ firstId: PatientId, secondId: PatientId }),
    output: z.void(),
  },
  'patients:merge': {
    input: z.strictObject({ keptId: PatientId, mergedId: PatientId, reason: z.string().max(500) }),
    output: MergeRecord,
  },
  'patients:list-merges': { input: z.void(), output: z.array(MergeRecord) },
  'patients:undo-merge': { input: z.strictObject({ mergeId: MergeId }), output: z.void() },
} as const
