import { z } from 'zod'
import { float32 } from './bytes.ts'
import { LEAD_NAMES } from './constants.ts'
import { CineId, RecordingId } from './ids.ts'
import { Provider } from './screening.ts'

export const ExplanationId = z.uuid().brand<'ExplanationId'>()
export type ExplanationId = z.infer<typeof ExplanationId>

/** How alike a map and the one of a control are, and what that says of the map. */
export const SanityCheck = z.strictObject({
  control: z.enum(['shuffled-leads', 'random-layer']),
  /** Absolute rank correlation of the two maps; of several controls the median. Null for a map of one value. */
  rankCorrelation: z.number().min(0).max(1).nullable(),
  /** Structural similarity of the two maps; null where the map is no image. */
  ssim: z.number().nullable(),
  /** `same`: the map would look the same without what the network has learned. */
  verdict: z.enum(['same', 'partly', 'differs']),
})
export type SanityCheck = z.infer<typeof SanityCheck>

/** Cosine of the ECG's feature and each place of a cine. */
export const SimilarityMap = z.strictObject({
  /** Places along a side of the image. */
  grid: z.int().positive(),
  /** [grid, grid], in [−1, 1]. */
  cosines: float32(4096),
  /** Of the ECG and the cine as a whole. */
  whole: z.number(),
  checks: z.array(SanityCheck),
  provider: Provider,
})
export type SimilarityMap = z.infer<typeof SimilarityMap>

/** How much each output changes when a stretch of one lead is flattened. */
export const LeadTimeAttribution = z.strictObject({
  leads: z.array(z.enum(LEAD_NAMES)).length(12),
  /** Stretches of each lead, from `startS` of the recording on. */
  windows: z.int().positive(),
  windowS: z.number().positive(),
  startS: z.number().min(0),
  /** Ids of diseases (their logits), subtypes (likewise) and phenotypes (in their units). */
  targets: z.array(z.string()),
  /** By target: unit of the changes; empty for logits. */
  units: z.array(z.string()),
  /** [targets, 12, windows]: the output as it is less the output without the stretch. */
  changes: float32(1_000_000),
  /** By target. */
  checks: z.array(z.array(SanityCheck)),
  provider: Provider,
})
export type LeadTimeAttribution = z.infer<typeof LeadTimeAttribution>

/** `explanations:*` — what the networks looked at, each with the test of whether that says anything. */
export const explanationChannels = {
  /** Over a generated cine of this session, or over the real cine attached to the recording. */
  'explanations:map-similarity': {
    input: z.strictObject({ recordingId: RecordingId, cineId: CineId.nullable() }),
    output: SimilarityMap,
  },
  /** Takes some seconds; progress comes as `explanations:progress`. Refused with `explanations/cancelled` on cancel. */
  'explanations:attribute': {
    input: z.strictObject({ explanationId: ExplanationId, recordingId: RecordingId }),
    output: LeadTimeAttribution,
  },
  'explanations:cancel': { input: z.strictObject({ explanationId: ExplanationId }), output: z.void() },
} as const

export const explanationEvents = {
  'explanations:progress': z.strictObject({
    explanationId: ExplanationId,
    step: z.int().min(0),
    of: z.int().positive(),
  }),
} as const
