import { z } from 'zod'
import { bytes, uint16 } from './bytes.ts'
import { MAX_DROP_FILES, MAX_FILE_BYTES } from './constants.ts'
import { FilePatient, Warning } from './ecg.ts'
import { PatientId } from './ids.ts'

const error = z.strictObject({ code: z.string(), message: z.string() })
const recordingId = z.uuid().brand<'RecordingId'>()
const cineId = z.uuid().brand<'CineId'>()

export const CineStackId = z.uuid().brand<'CineStackId'>()
export type CineStackId = z.infer<typeof CineStackId>

export const PlaneName = z.enum(['xy', 'xz', 'yz'])
export type PlaneName = z.infer<typeof PlaneName>

/** Which plane of a stack is shown, and which axis is time. */
export const PlaneChoice = z.strictObject({
  plane: PlaneName,
  slice: z.int().min(0).max(4095),
  time: z.enum(['fourth', 'third']),
  /** How the plane is turned after it was cut: quarter turns to the right, then left and right changed. */
  quarterTurns: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).default(0),
  mirrored: z.boolean().default(false),
})
export type PlaneChoice = z.infer<typeof PlaneChoice>

const spacing = z.tuple([z.number(), z.number(), z.number()])
const BodyPlane = z.enum(['axial', 'coronal', 'sagittal']).nullable()

/** What a real cine's files say: everything but the pixels. */
export const CineFacts = z.strictObject({
  format: z.enum(['dicom', 'dicom-multiframe', 'dicom-enhanced', 'nifti-1', 'nifti-2']),
  size: z.strictObject({ columns: z.int(), rows: z.int(), slices: z.int(), times: z.int() }),
  /** Along columns, rows and slices; a slice distance of 0 is not stated. */
  spacingMm: spacing.nullable(),
  frameTimesMs: z.array(z.number()).max(4096).nullable(),
  order: z.enum(['trigger-time', 'instance-number', 'acquisition-time', 'as-stored']),
  frameTimes: z.enum(['trigger-time', 'acquisition-time', 'frame-time', 'nominal-interval', 'fourth-spacing', 'none']),
  encoding: z.string(),
  fileCount: z.int().positive(),
  seriesNumber: z.int().optional(),
  seriesDescription: z.string().optional(),
  device: z.string().optional(),
  acquiredAt: z.string().optional(),
  sliceMm: z.number().optional(),
  /** The plane of the body that each plane of the file comes nearest. */
  bodyPlanes: z.strictObject({ xy: BodyPlane, xz: BodyPlane, yz: BodyPlane }),
  warnings: z.array(Warning),
})
export type CineFacts = z.infer<typeof CineFacts>

/** A cine that was read and waits for the user to choose plane, box and beat. */
export const PendingCine = z.strictObject({ id: CineStackId, facts: CineFacts, patient: FilePatient })
export type PendingCine = z.infer<typeof PendingCine>

/** Frames of one plane for the eye: 16 bits between the darkest and the brightest value of the plane. */
export const CinePlane = z.strictObject({
  frames: z.int().positive(),
  rows: z.int().positive(),
  columns: z.int().positive(),
  pixels: uint16(64 * 2 ** 20),
  minimum: z.number(),
  maximum: z.number(),
  spacingMm: z.strictObject({ row: z.number(), column: z.number() }).nullable(),
  frameTimesMs: z.array(z.number()).nullable(),
})
export type CinePlane = z.infer<typeof CinePlane>

export const IdentityComparison = z.strictObject({
  field: z.enum(['name', 'id', 'birthDate', 'sex']),
  cine: z.string().nullable(),
  recording: z.string().nullable(),
  verdict: z.enum(['same', 'different', 'unknown']),
})
export type IdentityComparison = z.infer<typeof IdentityComparison>

/** Which beat, and where the heart lies. */
export const CinePreparation = z.strictObject({
  centre: z.strictObject({ x: z.int(), y: z.int() }),
  first: z.int().min(0),
  last: z.int().min(0),
})
export type CinePreparation = z.infer<typeof CinePreparation>

/** A real cine in the shape of a generated one, its own label “acquired” in every frame. */
export const RealCine = z.strictObject({
  recordingId,
  frames: z.literal(50),
  width: z.int().positive(),
  height: z.int().positive(),
  pixels: bytes(64 * 2 ** 20),
  /** Length of the chosen beat; null where the file does not tell. */
  beatMs: z.number().positive().nullable(),
  facts: CineFacts,
  choice: PlaneChoice,
  preparation: CinePreparation,
  pixelMm: z.strictObject({ row: z.number(), column: z.number() }).nullable(),
  /** How the identity in the headers stood to the recording's: equal, unstated, or different and confirmed by hand. */
  identity: z.enum(['same', 'unknown', 'confirmed']),
})
export type RealCine = z.infer<typeof RealCine>

export const CineLikeness = z.strictObject({
  ssimPerFrame: z.array(z.number()).length(50),
  ssim: z.number(),
  /** In dB; null for equal cines. */
  psnrDb: z.number().nullable(),
  meanAbsoluteError: z.number(),
  rootMeanSquaredError: z.number(),
})
export type CineLikeness = z.infer<typeof CineLikeness>

/** A real cine of a patient, without its pixels. */
export const AttachedCineRow = z.strictObject({
  id: z.string(),
  recordingId,
  facts: CineFacts,
  identity: RealCine.shape.identity,
  addedAt: z.string(),
  addedBy: z.string(),
})
export type AttachedCineRow = z.infer<typeof AttachedCineRow>

/** `cmr:*` — real cines: read, place, attach to a recording, compare with a generated one. */
export const cmrChannels = {
  /** All files of one choice; what was read before and not attached is forgotten. */
  'cmr:read-files': {
    input: z.strictObject({
      files: z
        .array(z.strictObject({ name: z.string().min(1).max(1024), bytes: bytes(MAX_FILE_BYTES) }))
        .min(1)
        .max(MAX_DROP_FILES),
    }),
    output: z.strictObject({
      cines: z.array(PendingCine),
      refusals: z.array(z.strictObject({ file: z.string(), error })),
    }),
  },
  'cmr:read-plane': { input: z.strictObject({ stackId: CineStackId, choice: PlaneChoice }), output: CinePlane },
  'cmr:compare-identity': {
    input: z.strictObject({ stackId: CineStackId, recordingId }),
    output: z.array(IdentityComparison),
  },
  /** Crops, resamples to 50 frames and scales; refused with `cmr/identity-mismatch` until the user confirms. */
  'cmr:attach': {
    input: z.strictObject({
      stackId: CineStackId,
      recordingId,
      choice: PlaneChoice,
      preparation: CinePreparation,
      identityConfirmed: z.boolean(),
    }),
    output: RealCine,
  },
  'cmr:list-attached': { input: z.strictObject({ patientId: PatientId }), output: z.array(AttachedCineRow) },
  'cmr:read-attached': { input: z.strictObject({ recordingId }), output: RealCine.nullable() },
  'cmr:detach': { input: z.strictObject({ recordingId }), output: z.void() },
  /** How alike the attached cine and a generated one are, on the values that were generated, without the mark. */
  'cmr:compare': { input: z.strictObject({ recordingId, cineId }), output: CineLikeness },
} as const
