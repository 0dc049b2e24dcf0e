import { z } from 'zod'
import { bytes } from './bytes.ts'
import { CodedSentence } from './coded-sentence.ts'
import { StudyId } from './ids.ts'
import { studyCaseContract } from './study-cases.ts'
import { Amendment, ProtocolVersion } from './study-amendments.ts'
import { studyPackageContract } from './study-packages.ts'
import { ReportLanguage, StudyReport } from './study-report.ts'
import { Arm, Question, Hanging, StudyProtocol } from './study-protocol.ts'

export const StudyState = z.enum(['draft', 'reading', 'data-locked', 'unblinded'])
export type StudyState = z.infer<typeof StudyState>

const study = z.strictObject({ studyId: StudyId })
const Passphrase = z.string().min(1).max(200)
const Reason = z.string().min(10).max(2000)
const Answers = z.record(z.string().max(32), z.union([z.number(), z.string().max(4000)]))
export type StudyAnswers = z.infer<typeof Answers>
const Problem = CodedSentence.extend({ path: z.string() })

export const StudySummary = z.strictObject({
  studyId: StudyId,
  title: z.string(),
  state: StudyState,
  version: z.int(),
  cases: z.int(),
  readers: z.int(),
  submitted: z.int(),
  planned: z.int(),
  createdMs: z.number(),
})
export type StudySummary = z.infer<typeof StudySummary>

const ReaderAccount = z.strictObject({ readerId: z.int(), personId: z.string() })

export const StudyDraft = z.strictObject({
  studyId: StudyId,
  state: StudyState,
  protocol: StudyProtocol,
  readerAccounts: z.array(ReaderAccount),
  /** Who may read: people with the reader's role. */
  people: z.array(z.strictObject({ personId: z.string(), name: z.string() })),
  /** Cases whose files were read and brought into the study's form. */
  prepared: z.int(),
  problems: z.array(Problem),
  /** Shown, and worth writing down, once the study is locked. */
  commitment: z.string().nullable(),
})
export type StudyDraft = z.infer<typeof StudyDraft>

export const AllocationPreview = z.strictObject({
  reads: z.int(),
  sittingsPerReader: z.array(z.strictObject({ readerId: z.int(), sittings: z.int(), reads: z.int() })),
  stages: z.array(
    z.strictObject({
      stageId: z.string(),
      pass: z.int(),
      byArm: z.record(z.string(), z.int()),
      byStratum: z.record(z.string(), z.record(z.string(), z.int())),
    }),
  ),
  smallestDistance: z.int().nullable(),
  violations: z.array(CodedSentence),
})
export type AllocationPreview = z.infer<typeof AllocationPreview>

/** Counts and times only: never an answer. */
export const StudyBoard = z.strictObject({
  studyId: StudyId,
  title: z.string(),
  state: StudyState,
  commitment: z.string().nullable(),
  lockedAt: z.string().nullable(),
  custodians: z.array(z.string()),
  readers: z.array(
    z.strictObject({
      readerId: z.int(),
      seniority: z.string(),
      person: z.string(),
      stages: z.array(
        z.strictObject({
          stageId: z.string(),
          submitted: z.int(),
          planned: z.int(),
          medianActiveS: z.number().nullable(),
        }),
      ),
      lastMs: z.number().nullable(),
      opensMs: z.number().nullable(),
      clockFlags: z.int(),
      openedEarly: z.array(z.string()),
    }),
  ),
})
export type StudyBoard = z.infer<typeof StudyBoard>

export const SizeQuestion = z.strictObject({
  auc: z.number().min(0.5).max(0.99),
  effect: z.number().min(0.005).max(0.4),
  prevalence: z.number().min(0.05).max(0.95),
  correlations: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)]),
  readerSpread: z.number().min(0).max(0.3),
  power: z.number().min(0.5).max(0.99),
  readers: z.array(z.int().min(2).max(40)).min(1).max(20),
  groups: z.int().min(1).max(10),
})
export type SizeQuestion = z.infer<typeof SizeQuestion>

/* What a reader's window gets. Neither truth nor scores, arm, identity, file name, others' answers nor answers of an
   earlier stage have a place in these shapes, and what has no place cannot be sent: outputs are checked against them. */

export const MyStudy = z.strictObject({
  studyId: StudyId,
  title: z.string(),
  /** Of the protocol that holds. */
  version: z.int(),
  state: z.enum(['read', 'waiting', 'pause', 'finished', 'closed']),
  submitted: z.int(),
  planned: z.int(),
  opensMs: z.number().nullable(),
  reason: z.enum(['washout', 'sitting']).nullable(),
})
export type MyStudy = z.infer<typeof MyStudy>

const int16 = (length: number) =>
  z.custom<Int16Array>((value) => value instanceof Int16Array && value.length === length, {
    message: `expected ${length} 16-bit values`,
  })

/** Opaque: 128 random bits. */
const ReadId = z.string().regex(/^[0-9a-f]{32}$/)

/** Reads of this sitting whose answers may be changed: none where the protocol makes a submission final. */
const revisable = z.array(z.strictObject({ readId: ReadId, number: z.int(), revisions: z.int() }))

export const ReadingStep = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('read'),
    readId: ReadId,
    number: z.int(),
    of: z.int(),
    training: z.boolean(),
    /** Twelve leads of 5,000 samples at 500 Hz, in µV, in canonical order. */
    ecg: int16(60_000).nullable(),
    /** Each 50 frames of 96 × 108 pixels, 8-bit grey. */
    cines: z.array(bytes(518_400)).max(2),
    cycleMs: z.number(),
    hanging: Hanging,
    questions: z.array(Question),
    answers: Answers,
    activeMs: z.number(),
    awayMs: z.number(),
    awayAfterS: z.int(),
    timeLimits: z.strictObject({ minimumS: z.int(), maximumS: z.int().nullable() }),
    final: z.boolean(),
    /** It was submitted before; its answers are those that count now. */
    revising: z.boolean(),
    revisable,
  }),
  z.strictObject({
    kind: z.literal('waiting'),
    opensMs: z.number(),
    reason: z.enum(['washout', 'sitting']),
    revisable,
  }),
  z.strictObject({ kind: z.literal('pause'), untilMs: z.number(), revisable }),
  z.strictObject({ kind: z.literal('finished'), revisable }),
])
export type ReadingStep = z.infer<typeof ReadingStep>

const progress = z.strictObject({
  studyId: StudyId,
  readId: ReadId,
  answers: Answers,
  activeMs: z.number().min(0).max(1e9),
  awayMs: z.number().min(0).max(1e9),
})

/** What a reader could see, for the reader: what was sent to this window, by kind and count. */
export const SelfAudit = z.strictObject({
  sent: z.array(z.strictObject({ what: z.string(), times: z.int() })),
  fields: z.array(z.string()),
  never: z.array(z.string()),
})
export type SelfAudit = z.infer<typeof SelfAudit>

const NamedFile = z.strictObject({ name: z.string(), bytes: bytes(512 * 2 ** 20) })

export const studyContract = {
  'study:list': { input: z.void(), output: z.array(StudySummary) },
  'study:create': {
    input: z.strictObject({
      title: z.string().min(1).max(200),
      template: z.enum(['article-design', 'williams-design']),
    }),
    output: StudyDraft,
  },
  'study:read-draft': { input: study, output: StudyDraft },
  'study:save-draft': {
    input: z.strictObject({ protocol: StudyProtocol, readerAccounts: z.array(ReaderAccount).max(200) }),
    output: StudyDraft,
  },
  ...studyCaseContract,
  'study:preview-allocation': { input: study, output: AllocationPreview },
  'study:plan-size': {
    input: SizeQuestion,
    output: z.array(z.strictObject({ readers: z.int(), cases: z.int().nullable(), readings: z.number().nullable() })),
  },
  'study:lock': {
    input: z.strictObject({
      studyId: StudyId,
      custodians: z.tuple([
        z.strictObject({ name: z.string().min(1).max(100), passphrase: Passphrase }),
        z.strictObject({ name: z.string().min(1).max(100), passphrase: Passphrase }),
      ]),
    }),
    output: StudyBoard,
  },
  'study:amend': {
    input: z.strictObject({ studyId: StudyId, changes: Amendment, reason: Reason }),
    output: z.array(ProtocolVersion),
  },
  'study:list-versions': { input: study, output: z.array(ProtocolVersion) },
  'study:read-board': { input: study, output: StudyBoard },
  'study:open-early': {
    input: z.strictObject({ studyId: StudyId, readerId: z.int(), stageId: z.string().max(32), reason: Reason }),
    output: StudyBoard,
  },
  'study:open-envelope': {
    input: z.strictObject({ studyId: StudyId, caseId: z.int(), passphrase: Passphrase, reason: Reason }),
    output: z.strictObject({
      caseId: z.int(),
      truth: z.int(),
      subtype: z.string().nullable(),
      reads: z.array(z.strictObject({ readerId: z.int(), stageId: z.string(), arm: Arm })),
    }),
  },
  'study:lock-data': { input: z.strictObject({ studyId: StudyId, reason: Reason }), output: StudyBoard },
  'study:unblind': {
    input: z.strictObject({ studyId: StudyId, passphrases: z.tuple([Passphrase, Passphrase]) }),
    output: StudyBoard,
  },
  /** The report as `cardionets study analyse` prints it. */
  'study:analyse': { input: study, output: z.string() },
  /** The same numbers with words and pictures, for the window. */
  'study:read-report': { input: study.extend({ language: ReportLanguage }), output: StudyReport },
  /** The report as PDF. */
  'study:print-report': { input: study.extend({ language: ReportLanguage }), output: NamedFile },
  /** The frozen bundle as one ZIP file. */
  'study:export-bundle': { input: study, output: NamedFile },

  'study:list-mine': { input: z.void(), output: z.array(MyStudy) },
  'study:calendar': { input: study.extend({ language: ReportLanguage }), output: z.string() },
  'study:check-room': {
    input: z.strictObject({ studyId: StudyId, screenCalibrated: z.boolean(), dimLight: z.boolean() }),
    output: z.void(),
  },
  'study:next-step': { input: study, output: ReadingStep },
  'study:reopen': { input: study.extend({ readId: ReadId }), output: ReadingStep },
  'study:save-answers': { input: progress, output: z.void() },
  'study:submit': {
    input: progress.extend({ tools: z.record(z.string().max(32), z.int().min(0)) }),
    /** Only of a training case, which never counts: what it was. */
    output: z.strictObject({
      feedback: z.strictObject({ disease: z.enum(['yes', 'no']), subtype: z.string().nullable() }).nullable(),
      pauseDue: z.boolean(),
    }),
  },
  'study:begin-pause': { input: study, output: z.void() },
  'study:audit-myself': { input: study, output: SelfAudit },
  ...studyPackageContract,
} as const
