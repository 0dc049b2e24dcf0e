import { z } from 'zod'

/** How good generated cines were on held-out subjects; optional in the manifest. */
export const CineQuality = z.strictObject({
  /** Subjects whose generated cines were read for features and phenotypes, and those that were compared pixel by pixel. */
  subjects: z.int().positive(),
  comparedSubjects: z.int().positive(),
  /** Structural similarity to the subject's own cine, and what the mean image of all training subjects reaches. */
  ssim: z.number().min(-1).max(1),
  meanImageSsim: z.number().min(-1).max(1),
  /** Median Kolmogorov–Smirnov distance of the features of generated cines to those of acquired ones. */
  featureKsMedian: z.number().min(0).max(1),
  /** Rank correlation of a phenotype as read off generated, and off acquired, cines with the truth. */
  spearman: z
    .array(
      z.strictObject({
        phenotype: z.string().min(1).max(32),
        generated: z.number().min(-1).max(1),
        acquired: z.number().min(-1).max(1),
      }),
    )
    .max(82),
})
export type CineQuality = z.infer<typeof CineQuality>

/** Whether the similarity map points at the heart: area under the ROC curve of the heart's mask, with its interval. */
export const SimilarityMapQuality = z.strictObject({
  maskAuc: z.number().min(0).max(1),
  interval: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]),
  subjects: z.int().positive(),
})
export type SimilarityMapQuality = z.infer<typeof SimilarityMapQuality>

/** Where the generator's feature goes when a phenotype grows by one standard deviation. */
export const CineDirection = z.strictObject({
  phenotype: z.string().min(1).max(32),
  feature: z.array(z.number()).min(1).max(4096),
  /** In standard deviations, ascending, and the phenotype as the kit read it off cines generated there. */
  steps: z.array(z.number()).min(2).max(16),
  read: z.array(z.number()).min(2).max(16),
})
export type CineDirection = z.infer<typeof CineDirection>
