import { z } from 'zod'

/** What is measured of a cine besides its heart: each by itself a number that could tell real from generated. */
export const PROBES = [
  { probe: 'banner', group: 'banner' },
  { probe: 'border-mean', group: 'border' },
  { probe: 'border-black', group: 'border' },
  { probe: 'corner-mean', group: 'border' },
  { probe: 'mean', group: 'histogram' },
  { probe: 'deviation', group: 'histogram' },
  { probe: 'median', group: 'histogram' },
  { probe: 'black', group: 'histogram' },
  { probe: 'dark', group: 'histogram' },
  { probe: 'white', group: 'histogram' },
  { probe: 'empty-levels', group: 'histogram' },
  { probe: 'fine-rows', group: 'spectrum' },
  { probe: 'fine-columns', group: 'spectrum' },
  { probe: 'step', group: 'motion' },
  { probe: 'repeated', group: 'motion' },
  { probe: 'closing', group: 'motion' },
] as const

export const ProbeName = z.enum(PROBES.map((one) => one.probe))
export type ProbeName = z.infer<typeof ProbeName>

export const PictureProbe = z.strictObject({
  probe: ProbeName,
  group: z.enum(['banner', 'border', 'histogram', 'spectrum', 'motion']),
  /** Area under the curve of this number alone; above 0.5 it is higher in generated cines. */
  auc: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  /** The interval holds 0.5. */
  atChance: z.boolean(),
  /** Banner, border and histogram, where the study does not itself ask whether a cine is real. */
  mustBeAtChance: z.boolean(),
})
export type PictureProbe = z.infer<typeof PictureProbe>
