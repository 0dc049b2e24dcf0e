import { z } from 'zod'
import { FINDINGS } from './constants.ts'
import { EcgSummary, ScreenedWindow, Warning } from './ecg.ts'
import { OperatingPoint } from './settings.ts'

export const ProviderChoice = z.enum(['auto', 'cpu', 'webgpu', 'dml', 'cuda', 'coreml'])
export type ProviderChoice = z.infer<typeof ProviderChoice>
/** The provider that really ran. */
export const Provider = z.enum(['cpu', 'webgpu', 'dml', 'cuda', 'coreml'])
export type Provider = z.infer<typeof Provider>

export const Sampler = z.enum(['ddim25', 'ddpm100'])
export type Sampler = z.infer<typeof Sampler>

export { GENERATED_MARK } from './constants.ts'

const probability = z.number().min(0).max(1)
const prevalence = z.number().gt(0).lt(1)

/** Numbers at the pack's prevalence; `findings/at-site.ts` moves them to the site's, and only those are shown. */
export const DiseaseResult = z.strictObject({
  id: z.enum(FINDINGS),
  /** Calibrated probability in [0, 1]. */
  probability,
  /** 95 % interval of the calibration at this ECG's score, where the pack says how sure it is. */
  interval: z.tuple([probability, probability]).optional(),
  /** That of the operating point that the site had chosen. */
  threshold: probability,
  positive: z.boolean(),
  /** At which the pack was calibrated, and which the site had set; results of earlier versions have neither. */
  prevalence: z.strictObject({ pack: prevalence, site: prevalence.nullable() }).optional(),
})
export type DiseaseResult = z.infer<typeof DiseaseResult>

/** Conditional on cardiomyopathy: the three probabilities add to 1. */
export const SubtypeResult = z.strictObject({
  id: z.enum(['dcm', 'hcm', 'rcm']),
  probability: z.number().min(0).max(1),
})
export type SubtypeResult = z.infer<typeof SubtypeResult>

export const PhenotypeResult = z.strictObject({
  id: z.string(),
  /** UK Biobank field number, 24100 … 24181. */
  field: z.int(),
  name: z.string(),
  unit: z.string(),
  value: z.number(),
  r2: z.number().optional(),
  /** 90 % prediction interval [lower, upper] in the phenotype's unit. */
  interval: z.tuple([z.number(), z.number()]).optional(),
})
export type PhenotypeResult = z.infer<typeof PhenotypeResult>

export const PackIdentity = z.strictObject({
  id: z.string(),
  version: z.string(),
  trained: z.boolean(),
  /** SHA-256 of manifest.json, which in turn fixes every file of the pack. */
  sha256: z.string(),
})
export type PackIdentity = z.infer<typeof PackIdentity>

/** How near the recording lies to those that the pack learned from. */
export const Familiarity = z.strictObject({
  /** Mahalanobis distance of the encoder's feature to the training subjects, per square root of its width. */
  distance: z.number().min(0),
  level: z.enum(['similar', 'unusual', 'unlike']),
})
export type Familiarity = z.infer<typeof Familiarity>

/** Everything that one screening says. Immutable once made. */
export const ScreeningResult = z.strictObject({
  ecg: EcgSummary.extend({ window: ScreenedWindow }),
  pack: PackIdentity,
  provider: Provider,
  /** Which threshold marks a disease; results of earlier versions are `balanced`. */
  operatingPoint: OperatingPoint.optional(),
  diseases: z.array(DiseaseResult).length(4),
  subtypes: z.array(SubtypeResult),
  phenotypes: z.array(PhenotypeResult).length(82),
  familiarity: Familiarity,
  /** Every limit of this result: untrained weights, signal quality, intended use. */
  marks: z.array(Warning),
  timingsMs: z.record(z.string(), z.number()),
})
export type ScreeningResult = z.infer<typeof ScreeningResult>
