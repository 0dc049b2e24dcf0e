import { z } from 'zod'
import { bytes } from './bytes.ts'
import { CodedSentence } from './coded-sentence.ts'
import { PictureProbe } from './picture-probes.ts'
import { RecordingId, StudyId } from './ids.ts'

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Which signed recordings of the registry may become cases. */
export const CaseFilter = z.strictObject({
  /** What the signed review says of cardiomyopathy. */
  finding: z.enum(['any', 'positive', 'negative']),
  realCine: z.boolean(),
  recordedFrom: date.nullable(),
  recordedTo: date.nullable(),
  sex: z.enum(['any', 'female', 'male']),
  ageFrom: z.int().min(0).max(130).nullable(),
  ageTo: z.int().min(0).max(130).nullable(),
})
export type CaseFilter = z.infer<typeof CaseFilter>

/** A recording that fits, without name, number or file. */
export const CaseCandidate = z.strictObject({
  recordingId: RecordingId,
  /** The same for recordings of one patient: two of them are no independent cases. */
  patient: z.int(),
  recordedDate: z.string().nullable(),
  sex: z.string().nullable(),
  ageYears: z.int().nullable(),
  realCine: z.boolean(),
  /** The signed review's word on cardiomyopathy: the model's call where the physician agreed, else its opposite. */
  signedTruth: z.union([z.literal(0), z.literal(1)]),
})
export type CaseCandidate = z.infer<typeof CaseCandidate>

export const ChosenCase = z.strictObject({
  recordingId: RecordingId,
  truth: z.union([z.literal(0), z.literal(1)]),
  subtype: z.string().max(40).nullable(),
  stratum: z.string().min(1).max(40),
  training: z.boolean(),
})
export type ChosenCase = z.infer<typeof ChosenCase>

/** What is wrong with one row; `column` is the name in the table's header, or `ecg` or `cine` of the registry's. */
export const CaseProblem = CodedSentence.extend({ row: z.int(), column: z.string() })
export type CaseProblem = z.infer<typeof CaseProblem>

export const CaseTableReport = z.strictObject({
  cases: z.int(),
  problems: z.array(CaseProblem),
  /** What was taken of each real cine: series, plane, slice, frames, box. */
  notes: z.array(CodedSentence.extend({ caseId: z.int() })),
})
export type CaseTableReport = z.infer<typeof CaseTableReport>

/** A case of a draft as readers would see it, for the coordinator's check before the lock. */
export const CasePreview = z.strictObject({
  caseId: z.int(),
  ecg: z.custom<Int16Array>((value) => value instanceof Int16Array && value.length === 60_000),
  real: bytes(518_400).nullable(),
  generated: bytes(518_400).nullable(),
  cycleMs: z.number(),
})
export type CasePreview = z.infer<typeof CasePreview>

const study = z.strictObject({ studyId: StudyId })

export const studyCaseContract = {
  'study:case-template': { input: z.void(), output: z.string() },
  /** Reads the truth table `truth.csv` of a folder on this computer and prepares its cases. */
  'study:prepare-folder': {
    input: z.strictObject({ studyId: StudyId, folder: z.string().min(1).max(4096) }),
    output: CaseTableReport,
  },
  'study:find-recordings': { input: study.extend({ filter: CaseFilter }), output: z.array(CaseCandidate) },
  /** Prepares recordings of the registry as the cases 1, 2, … of the study. */
  'study:prepare-recordings': {
    input: study.extend({ cases: z.array(ChosenCase).min(1).max(5000) }),
    output: CaseTableReport,
  },
  'study:cancel-preparing': { input: study, output: z.void() },
  /** How well border, grey levels, spectrum and motion of the prepared pictures tell real from generated. */
  'study:probe-pictures': { input: study, output: z.array(PictureProbe) },
  'study:preview-case': { input: study.extend({ caseId: z.int() }), output: CasePreview },
} as const

export const studyCaseEvents = {
  'study:preparing': z.strictObject({ studyId: StudyId, done: z.int().min(0), of: z.int().positive() }),
} as const
