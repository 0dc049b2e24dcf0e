import { z } from 'zod'

const pair = z.tuple([z.number(), z.number()])

export const ReportAxis = z.strictObject({
  title: z.string(),
  range: pair,
  /** Names of 0, 1, 2 … where the axis is one of categories. */
  names: z.array(z.string()).optional(),
})

export const ReportSeries = z.strictObject({
  name: z.string(),
  kind: z.enum(['line', 'steps', 'points', 'bars']),
  points: z.array(pair),
  /** Lower and upper end for each point. */
  intervals: z.array(pair).optional(),
  intervalsAlong: z.enum(['x', 'y']).optional(),
  colour: z.string().optional(),
  dashed: z.boolean().optional(),
})
export type ReportSeries = z.infer<typeof ReportSeries>

export const ReportChart = z.strictObject({
  title: z.string(),
  /** What stands in its stead for somebody who cannot see it. */
  description: z.string(),
  x: ReportAxis,
  y: ReportAxis,
  series: z.array(ReportSeries),
  guides: z.array(z.strictObject({ from: pair, to: pair })).optional(),
})
export type ReportChart = z.infer<typeof ReportChart>

export const ReportTable = z.strictObject({
  columns: z.array(z.strictObject({ title: z.string(), align: z.enum(['left', 'right']) })),
  rows: z.array(z.array(z.string())),
})
export type ReportTable = z.infer<typeof ReportTable>

export const ReportBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), text: z.string(), tone: z.enum(['plain', 'quiet', 'caution']) }),
  z.strictObject({ kind: z.literal('facts'), pairs: z.array(z.tuple([z.string(), z.string()])) }),
  z.strictObject({ kind: z.literal('table'), title: z.string(), table: ReportTable }),
  /** Charts that stand side by side where there is room. */
  z.strictObject({ kind: z.literal('charts'), charts: z.array(ReportChart) }),
])
export type ReportBlock = z.infer<typeof ReportBlock>

/** One report in one language: the window shows it, the PDF holds the same. */
export const StudyReport = z.strictObject({
  title: z.string(),
  subtitle: z.string(),
  /** Stands below everything, on screen and on paper. */
  footer: z.string(),
  sections: z.array(z.strictObject({ id: z.string(), title: z.string(), blocks: z.array(ReportBlock) })),
})
export type StudyReport = z.infer<typeof StudyReport>

export const ReportLanguage = z.enum(['en', 'zh'])
export type ReportLanguage = z.infer<typeof ReportLanguage>
