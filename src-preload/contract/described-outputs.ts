/** What a pack says of each of its outputs, as the window is told. */
import { z } from 'zod'
import { FINDINGS, OPERATING_POINTS } from './constants.ts'
import { OperatingPoint } from './settings.ts'

const bilingual = z.strictObject({ en: z.string(), zh: z.string() })
const share = z.number().min(0).max(1)

/** A share of `of` held-out subjects with its Wilson interval. */
export const HeldOutRate = z.strictObject({
  estimate: share,
  interval: z.tuple([share, share]),
  of: z.int().positive(),
})
export type HeldOutRate = z.infer<typeof HeldOutRate>

export const DescribedOperatingPoint = z.strictObject({
  id: OperatingPoint,
  /** On the calibrated probability, at the pack's prevalence. */
  threshold: share,
  /** Null where the pack does not say how it did on subjects that it had not seen. */
  rates: z.strictObject({ sensitivity: HeldOutRate, specificity: HeldOutRate }).nullable(),
})
export type DescribedOperatingPoint = z.infer<typeof DescribedOperatingPoint>

export const DescribedDisease = z.strictObject({
  id: z.enum(FINDINGS),
  name: bilingual,
  auc: z.number().optional(),
  calibrationPrevalence: z.number(),
  /** Those that the pack has, from sensitive to specific. */
  operatingPoints: z.array(DescribedOperatingPoint).min(1).max(OPERATING_POINTS.length),
  /** Held-out subjects by band of probability, with the share who had the disease. */
  reliability: z.array(z.strictObject({ from: share, below: share, positives: z.int().min(0), observed: HeldOutRate })),
  /** In calibrated logits. */
  repeatability: z.number().optional(),
})
export type DescribedDisease = z.infer<typeof DescribedDisease>

export const DescribedPhenotype = z.strictObject({
  id: z.string(),
  field: z.int(),
  name: bilingual,
  unit: z.string(),
  group: z.string(),
  r2: z.number().optional(),
  repeatability: z.number().optional(),
})
export type DescribedPhenotype = z.infer<typeof DescribedPhenotype>

/** By which of the pack's rules results are marked or withheld. */
export const PackRules = z.strictObject({
  minimumAgeYears: z.number(),
  pacedRhythm: z.enum(['allow', 'mark', 'withhold']),
  familiarity: z.strictObject({ unusual: z.number(), unlike: z.number() }),
  /** How repeatability was found; null where the pack has none. */
  repeatability: z.strictObject({ subjects: z.int(), method: bilingual }).nullable(),
})
export type PackRules = z.infer<typeof PackRules>
