import { z } from 'zod'

/** A study's own word for something, in both languages of the window. */
export const Bilingual = z.strictObject({ en: z.string().min(1).max(400), zh: z.string().min(1).max(400) })
export type Bilingual = z.infer<typeof Bilingual>

/** What a reader sees of a case. `ecg-both` shows the real and the generated cine side by side. */
export const ARMS = ['ecg', 'ecg-real', 'ecg-generated', 'ecg-both', 'generated'] as const
export const Arm = z.enum(ARMS)
export type Arm = z.infer<typeof Arm>

const id = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/**
 * - `confidence`: 0–100, without a default position;
 * - `real-or-generated`: only in a stage of that kind, after the diagnostic reads;
 * - `seen-before`: "have you seen this case?"
 */
export const QuestionKind = z.enum(['confidence', 'yes-no', 'choice', 'real-or-generated', 'seen-before', 'text'])
export type QuestionKind = z.infer<typeof QuestionKind>

export const Question = z.strictObject({
  id,
  kind: QuestionKind,
  text: Bilingual,
  required: z.boolean(),
  /** Only of a `choice`. */
  choices: z
    .array(z.strictObject({ id, label: Bilingual }))
    .min(2)
    .max(20)
    .optional(),
})
export type Question = z.infer<typeof Question>

/** The same for every reader: layout, size, speed and contrast of the case. */
export const Hanging = z.strictObject({
  layout: z.enum(['ecg-above', 'ecg-left']),
  paperMmPerS: z.union([z.literal(25), z.literal(50)]),
  gainMmPerMv: z.union([z.literal(5), z.literal(10), z.literal(20)]),
  /** Edge of a cine on the screen, in CSS pixels. */
  cineEdgePx: z.int().min(192).max(768),
  /** 1 is the heart's own speed. */
  cineSpeed: z.number().min(0.25).max(2),
  contrast: z.literal('fixed'),
})
export type Hanging = z.infer<typeof Hanging>

export const Stage = z.strictObject({
  id,
  name: Bilingual,
  kind: z.enum(['diagnostic', 'real-or-generated']),
  arms: z.array(Arm).min(1).max(5),
  /**
   * - `every-arm`: every case once under each arm, in different sittings, the order counterbalanced;
   * - `crossover`: one period of a crossover: every case once, under the arm that its sequence gives to this period.
   */
  assignment: z.enum(['every-arm', 'crossover']),
  questions: z.array(id).min(1).max(20),
  hanging: Hanging,
  /** Days since the same reader's signed reads of the case in earlier stages. */
  washoutDays: z.int().min(0).max(730),
  timeLimits: z.strictObject({ minimumS: z.int().min(0).max(600), maximumS: z.int().min(10).max(7200).nullable() }),
})
export type Stage = z.infer<typeof Stage>

export const StudyCase = z.strictObject({
  /** 1, 2, …; what exports call the case. */
  caseId: z.int().min(1).max(100_000),
  stratum: z.string().min(1).max(40),
  training: z.boolean(),
})
export type StudyCase = z.infer<typeof StudyCase>

export const StudyReader = z.strictObject({
  readerId: z.int().min(1).max(1000),
  /** For example resident, attending, associate-chief. */
  seniority: z.string().min(1).max(40),
})
export type StudyReader = z.infer<typeof StudyReader>

export const PrimaryAnalysis = z.strictObject({
  /** The question whose 0–100 answer is analysed. */
  question: id,
  /** Its yes/no companion, for sensitivity and specificity; without one a confidence of 50 or more counts as yes. */
  callQuestion: id.nullable(),
  /** First minus second is the difference that is tested. */
  arms: z.tuple([Arm, Arm]),
  hypothesis: z.enum(['superiority', 'non-inferiority']),
  /** Margin of non-inferiority in units of the area; 0 for superiority. */
  margin: z.number().min(0).max(0.5),
  level: z.number().min(0.5).max(0.999),
  /** Accuracy between these is called equivalent to guessing in the real/generated task. */
  equivalence: z.tuple([z.number().min(0).max(0.5), z.number().min(0.5).max(1)]),
})
export type PrimaryAnalysis = z.infer<typeof PrimaryAnalysis>

/** Everything that is fixed before the first read. Holds neither truth nor allocation. */
export const StudyProtocol = z.strictObject({
  schema: z.literal(1),
  studyId: z.uuid(),
  version: z.int().min(1).max(1000),
  title: z.string().min(1).max(200),
  template: z.enum(['article-design', 'williams-design', 'own']),
  cases: z.array(StudyCase).max(5000),
  readers: z.array(StudyReader).max(200),
  stages: z.array(Stage).min(1).max(8),
  questions: z.array(Question).min(1).max(40),
  /** Other reads between two reads of the same case. */
  minimumDistance: z.int().min(0).max(500),
  sitting: z.strictObject({
    maximumReads: z.int().min(1).max(500),
    /** Hours from the last read of a sitting to the next sitting. */
    gapHours: z.number().min(0).max(720),
    /** Minutes of reading after which a pause is offered, and how long it is. */
    pauseAfterMinutes: z.int().min(5).max(240),
    pauseMinutes: z.int().min(1).max(60),
    /** Seconds without any input after which a reader counts as away. */
    awayAfterS: z.int().min(10).max(900),
  }),
  finalOnSubmit: z.boolean(),
  primary: PrimaryAnalysis,
  /** Why this version replaces the one before; empty in the first. */
  amendmentReason: z.string().max(2000),
})
export type StudyProtocol = z.infer<typeof StudyProtocol>
