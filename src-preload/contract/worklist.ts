/** `recordings:*`, `reviews:*`, `worklist:*`: what was recorded, what was said about it, what waits. */
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, WORK_ORDERS, WORK_STATES } from './constants.ts'
import { EcgSummary, FilePatient, ScreenedWindow, Warning } from './ecg.ts'
import { ErrorShape } from './error-shape.ts'
import { PatientId, RecordingId, ScreeningId } from './ids.ts'
import { SignalQuality } from './quality.ts'
import { Sex } from './patients.ts'
import { DiseaseResult, PackIdentity, Provider, ScreeningResult } from './screening.ts'

/** Enough of a patient to know whom one is looking at. */
export const PatientLabel = z.strictObject({
  id: PatientId,
  localId: z.string(),
  name: z.string(),
  sex: Sex,
  birthDate: z.string().nullable(),
  /** Known where a recording is read by itself, not in lists. */
  heightCm: z.number().nullable().optional(),
  weightKg: z.number().nullable().optional(),
})
export type PatientLabel = z.infer<typeof PatientLabel>

/** `unscreened` and `refused` have no screening; the others are the state of the newest one. */
export const WorkState = z.enum(WORK_STATES)
export type WorkState = z.infer<typeof WorkState>

/** `altered`: what was said of the screening, or the screening, is no longer what was entered. Found when it is shown. */
const ShownWorkState = z.enum([...WORK_STATES, 'altered'])
export type ShownWorkState = z.infer<typeof ShownWorkState>

/** One word of a physician about one screening; never changed, a correction is a further one. */
export const Review = z.strictObject({
  state: z.enum(['reviewed', 'signed', 'amended']),
  agreement: z.enum(['agree', 'disagree']),
  conclusion: z.string(),
  /** Why it was amended. */
  reason: z.string().nullable(),
  reviewedAt: z.string(),
  reviewedBy: z.string(),
  /** `unknown-key`: signed in a workspace whose key was never compared here. */
  signature: z.enum(['none', 'verified', 'unknown-key']),
})
export type Review = z.infer<typeof Review>

/** One screening as it is kept: it and its reviews are only added to. */
export const StoredScreening = z.strictObject({
  id: ScreeningId,
  pack: PackIdentity,
  provider: Provider,
  diseases: z.array(DiseaseResult),
  /** A limit says outright not to rely on it. */
  doubtful: z.boolean(),
  preprocessingVersion: z.string(),
  /** SHA-256 of what the encoder was given. */
  inputSha256: z.string(),
  screenedAt: z.string(),
  screenedBy: z.string(),
  state: z.enum(['draft', 'reviewed', 'signed', 'amended']),
  /** Oldest first; those that are still what was entered or signed. */
  reviews: z.array(Review),
  /** How many were altered, or speak of a screening that was: what they say is not told. */
  alteredReviews: z.int().min(0),
})
export type StoredScreening = z.infer<typeof StoredScreening>

/** How the person in the file differs from the chosen patient; resolved by hand, never silently. */
export const IdentityMismatch = z.strictObject({
  field: z.enum(['name', 'id', 'sex', 'birth-date']),
  inFile: z.string(),
  inRegistry: z.string(),
})
export type IdentityMismatch = z.infer<typeof IdentityMismatch>

export const RecordingEntry = z.strictObject({
  id: RecordingId,
  file: z.string(),
  /** Of the file and its companions. */
  sha256: z.string(),
  ecg: EcgSummary,
  window: ScreenedWindow.nullable(),
  /** Why a screening would be refused, e.g. `quality/lead-flat`. */
  refusal: ErrorShape.nullable(),
  patient: PatientLabel.nullable(),
  mismatches: z.array(IdentityMismatch),
  importedAt: z.string(),
  importedBy: z.string(),
  /** Everything that the newest screening says. */
  screening: ScreeningResult.nullable(),
  /** All of them, newest first. */
  screenings: z.array(StoredScreening),
})
export type RecordingEntry = z.infer<typeof RecordingEntry>

export const ImportOutcome = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    file: z.string(),
    recording: RecordingEntry,
    /** What this very file says; the recording may be known from another one. */
    ecg: EcgSummary,
    /** The same waveform was in the registry already; this file was linked to it. */
    known: z.boolean(),
  }),
  z.strictObject({ ok: z.literal(false), file: z.string(), error: ErrorShape }),
])
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** One row of the work list: a recording and what its newest screening says. */
export const WorkRow = z.strictObject({
  id: RecordingId,
  file: z.string(),
  patient: PatientLabel.nullable(),
  /** What the file says of the person, shown while no patient is chosen. */
  fromFile: FilePatient.nullable(),
  recordedAt: z.string().nullable(),
  importedAt: z.string(),
  heartRateBpm: z.number().nullable(),
  quality: SignalQuality.nullable(),
  warnings: z.array(Warning),
  refusal: ErrorShape.nullable(),
  diseases: z.array(DiseaseResult).nullable(),
  /** A limit of the newest screening says outright not to rely on it. */
  doubtful: z.boolean(),
  state: ShownWorkState,
})
export type WorkRow = z.infer<typeof WorkRow>

export const WorkFilter = z.strictObject({
  /** Words that occur in the file, the patient's name or id; empty for all. */
  text: z.string().max(200),
  states: z.array(WorkState).max(WORK_STATES.length),
  unassigned: z.boolean(),
  positive: z.boolean(),
  /** Recorded or imported on this computer's present day. */
  today: z.boolean(),
})
export type WorkFilter = z.infer<typeof WorkFilter>

const workOrder = { order: z.enum(WORK_ORDERS), descending: z.boolean() }

/** A filter, an order and the columns that one person has given a name. */
export const SavedView = z.strictObject({
  id: z.string().max(64),
  name: z.string().trim().min(1).max(80),
  filter: WorkFilter,
  ...workOrder,
  columns: z.array(z.string().max(32)).max(20),
})
export type SavedView = z.infer<typeof SavedView>

const conclusion = z.string().trim().min(1).max(4000)
const agreement = z.enum(['agree', 'disagree'])

export const worklistContract = {
  'recordings:read': { input: z.strictObject({ recordingId: RecordingId }), output: RecordingEntry },
  'recordings:list-of-patient': { input: z.strictObject({ patientId: PatientId }), output: z.array(RecordingEntry) },
  /**
   * Links a recording to a patient, or to nobody. Where the file names another person, `recordings/other-person` unless
   * `confirmed` says that a human has compared the two.
   */
  'recordings:assign': {
    input: z.strictObject({
      recordingId: RecordingId,
      patientId: PatientId.nullable(),
      confirmed: z.boolean(),
      reason: z.string().max(500),
    }),
    output: RecordingEntry,
  },

  'reviews:review': {
    input: z.strictObject({ screeningId: ScreeningId, agreement, conclusion }),
    output: RecordingEntry,
  },
  /** Signing asks for the password again and covers the whole screening; a signed one can only be amended. */
  'reviews:sign': {
    input: z.strictObject({
      screeningId: ScreeningId,
      agreement,
      conclusion,
      password: z.string().max(MAX_PASSWORD_LENGTH),
    }),
    output: RecordingEntry,
  },
  'reviews:amend': {
    input: z.strictObject({
      screeningId: ScreeningId,
      agreement,
      conclusion,
      reason: z.string().trim().min(1).max(500),
      password: z.string().max(MAX_PASSWORD_LENGTH),
    }),
    output: RecordingEntry,
  },

  'worklist:query': {
    input: z.strictObject({
      filter: WorkFilter,
      ...workOrder,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ total: z.int().min(0), rows: z.array(WorkRow) }),
  },
  'worklist:count': {
    input: z.void(),
    output: z.strictObject({
      all: z.int(),
      today: z.int(),
      unassigned: z.int(),
      unscreened: z.int(),
      waiting: z.int(),
      positive: z.int(),
      refused: z.int(),
    }),
  },
  /** Recordings of this filter that can be screened and are not, oldest first. */
  'worklist:list-unscreened': {
    input: z.strictObject({ filter: WorkFilter }),
    output: z.array(RecordingId),
  },
  /** The filtered list with all outputs, as a table that a spreadsheet opens without running anything in it. */
  'worklist:export-csv': {
    input: z.strictObject({ filter: WorkFilter, ...workOrder }),
    output: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
  'worklist:list-views': { input: z.void(), output: z.array(SavedView) },
  'worklist:save-view': { input: SavedView, output: z.array(SavedView) },
  'worklist:remove-view': { input: z.strictObject({ id: z.string().max(64) }), output: z.array(SavedView) },
} as const
