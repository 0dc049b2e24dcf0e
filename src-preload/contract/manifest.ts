import { z } from 'zod'
import { CineDirection, CineQuality, SimilarityMapQuality } from './manifest-cine.ts'

/**
 * `manifest.json` of a model pack: every number that the models depend on. See docs/model-pack.md.
 *
 * Schema version 1. A pack with a higher version is refused (`pack/schema-newer`).
 */
export const MANIFEST_SCHEMA_VERSION = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
const bilingual = z.strictObject({ en: z.string().min(1).max(4000), zh: z.string().min(1).max(4000) })
const probability = z.number().min(0).max(1)

const TensorSpec = z.strictObject({
  name: z.string().min(1).max(64),
  dtype: z.enum(['float32', 'int32']),
  /** Dimensions; a string names a dynamic axis. */
  shape: z.array(z.union([z.int().positive(), z.string().regex(/^[A-Z]$/)])).max(6),
})

export const GraphName = z.enum([
  'encoder-task',
  'encoder-aligned',
  'gen-step',
  'denoise-ddim25',
  'denoise-ddim25-portable',
  'denoise-ddpm100',
  'vae-decoder',
  'cmr-encoder',
])
export type GraphName = z.infer<typeof GraphName>

const Graph = z.strictObject({
  file: fileName,
  opset: z.int().min(18).max(21),
  /** True when the graph may run on a GPU provider. */
  portable: z.boolean(),
  inputs: z.array(TensorSpec).min(1).max(8),
  outputs: z.array(TensorSpec).min(1).max(8),
})
export type Graph = z.infer<typeof Graph>

/** Maps a disease logit x to a probability: Platt 1/(1+exp(−(a·x+b))), or linear interpolation over isotonic knots. */
const Calibration = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('platt'),
    a: z.number(),
    b: z.number(),
    /** Of a and b as they were fitted: [variance of a, covariance, variance of b]. Without it, no interval is given. */
    covariance: z.tuple([z.number().min(0), z.number(), z.number().min(0)]).optional(),
  }),
  z.strictObject({
    kind: z.literal('isotonic'),
    logits: z.array(z.number()).min(2).max(1000),
    probabilities: z.array(probability).min(2).max(1000),
  }),
])
export type Calibration = z.infer<typeof Calibration>

const count = z.int().min(0)
const MarkedCounts = z.strictObject({ truePositives: count, falsePositives: count })

/** Subjects on whom nothing was fitted: how many the thresholds mark, and what became of each probability. */
const HeldOutCounts = z.strictObject({
  subjects: z.int().positive(),
  positives: count,
  /** By threshold: those with the disease, and those without, at or above it. */
  points: z.strictObject({
    youden: MarkedCounts,
    sensitivity90: MarkedCounts,
    specificity98: MarkedCounts.optional(),
  }),
  /** Bands of the calibrated probability, rising; each reaches from the end of the one before to `below`. */
  reliability: z
    .array(
      z.strictObject({
        below: probability,
        subjects: z.int().positive(),
        positives: count,
        meanProbability: probability,
      }),
    )
    .max(50),
})
export type HeldOutCounts = z.infer<typeof HeldOutCounts>

const Disease = z.strictObject({
  id: z.enum(['cad', 'hf', 'cm', 'ph']),
  name: bilingual,
  calibration: Calibration,
  /** Prevalence of the split on which the calibration was fitted. */
  calibrationPrevalence: probability,
  /** Operating points on the calibrated probability; `youden` is the default threshold. */
  thresholds: z.strictObject({
    youden: probability,
    sensitivity90: probability,
    /** The lowest threshold that marks at most 2 % of those without the disease. */
    specificity98: probability.optional(),
  }),
  heldOut: HeldOutCounts.optional(),
  /** 95 % of repeated recordings of one heart differ by less, in calibrated logits. */
  repeatability: z.number().positive().optional(),
  /** Area under the ROC curve on held-out subjects, absent while the pack is untrained. */
  auc: probability.optional(),
})
export type Disease = z.infer<typeof Disease>

const Subtype = z.strictObject({
  id: z.enum(['dcm', 'hcm', 'rcm']),
  name: bilingual,
  auc: probability.optional(),
})
export type Subtype = z.infer<typeof Subtype>

const Phenotype = z.strictObject({
  id: z.string().min(1).max(32),
  field: z.int().min(24100).max(24181),
  name: bilingual,
  unit: z.string().min(1).max(24),
  group: z.enum(['lv', 'rv', 'la', 'ra', 'aorta', 'wall-thickness', 'ecc', 'err', 'ell']),
  /** R² on held-out subjects, absent while the pack is untrained. */
  r2: z.number().max(1).optional(),
  /** Half-width of the 90 % prediction interval in the phenotype's unit (conformal), absent while untrained. */
  intervalHalfWidth: z.number().positive().optional(),
  /** 95 % of repeated recordings of one heart differ by less, in the phenotype's unit. */
  repeatability: z.number().positive().optional(),
})
export type Phenotype = z.infer<typeof Phenotype>

const Generator = z.strictObject({
  tokens: z.int().positive(),
  tokenDimensions: z.int().positive(),
  featureWidth: z.int().positive(),
  schedule: z
    .array(z.strictObject({ visible: z.int().min(0), predicted: z.int().positive() }))
    .min(1)
    .max(64),
  samplers: z.array(z.enum(['ddim25', 'ddpm100'])).min(1),
  defaultSampler: z.enum(['ddim25', 'ddpm100']),
  temperature: z.number().positive().max(2),
  frames: z.literal(50),
  size: z.tuple([z.literal(96), z.literal(96)]),
  pixelSpacingMm: z.number().positive(),
  quality: CineQuality.optional(),
  directions: z.array(CineDirection).max(82).optional(),
})
export type Generator = z.infer<typeof Generator>

export const ModelManifest = z.strictObject({
  schema: z.literal(MANIFEST_SCHEMA_VERSION),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  minimumAppVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.iso.datetime(),
  trained: z.boolean(),
  profile: z.enum(['S', 'M', 'P']),
  /** Shown in the frame of every window, in every report and export. */
  statement: bilingual,
  trainingData: bilingual,
  intendedUse: z.strictObject({
    text: bilingual,
    minimumAgeYears: z.number().min(0).max(120),
    /** What is done with a paced rhythm; absent means `mark`. */
    pacedRhythm: z.enum(['allow', 'mark', 'withhold']).optional(),
  }),
  preprocessing: z.strictObject({
    /** Changes with every change of a number in `src-main/ecg/preprocessing`. */
    version: z.literal('1'),
    rateHz: z.literal(500),
    encoderRateHz: z.literal(250),
    encoderSamples: z.literal(2250),
    amplitudeToken: z.boolean(),
  }),
  graphs: z.partialRecord(GraphName, Graph),
  generator: Generator,
  similarityMaps: SimilarityMapQuality.optional(),
  /** Distances to the training subjects (`distance` of encoder-task) from which a recording is unusual, or unlike any. */
  familiarity: z.strictObject({ unusual: z.number().positive(), unlike: z.number().positive() }),
  /** How the repeatability of the outputs was found, and on how many subjects; absent where it was not. */
  repeatability: z.strictObject({ subjects: z.int().positive(), method: bilingual }).optional(),
  diseases: z.array(Disease).length(4),
  subtypes: z.array(Subtype).length(3),
  phenotypes: z.array(Phenotype).length(82),
  /** Every file of the pack but manifest.json and manifest.sig. */
  files: z
    .array(z.strictObject({ path: fileName, sha256, bytes: z.int().positive() }))
    .min(1)
    .max(64),
})
export type ModelManifest = z.infer<typeof ModelManifest>
