/** `batch:*` — many recordings unattended: a folder, a table of files, a folder that is watched. */
import { z } from 'zod'
import { bytes } from './bytes.ts'
import { BATCH_ASSIGNMENTS, BATCH_OUTCOMES, BATCH_SOURCES, BATCH_STATES, MAX_FILE_BYTES } from './constants.ts'
import { ErrorShape } from './error-shape.ts'
import { BatchId, BatchItemId, RecordingId } from './ids.ts'
import { ReadingAnswer } from './reading.ts'
import { IdentityMismatch, PatientLabel } from './worklist.ts'

/** What stops a table from being used: the row as a spreadsheet counts, and the column by its name. */
export const TableProblem = z.strictObject({ row: z.int().min(1), column: z.string(), message: z.string() })
export type TableProblem = z.infer<typeof TableProblem>

export const BatchOutcome = z.enum(BATCH_OUTCOMES)
export type BatchOutcome = z.infer<typeof BatchOutcome>

const count = z.int().min(0)

export const BatchSummary = z.strictObject({
  id: BatchId,
  kind: z.enum(BATCH_SOURCES),
  /** Path of the folder or the table. */
  source: z.string(),
  assignment: z.enum(BATCH_ASSIGNMENTS),
  state: z.enum(BATCH_STATES),
  startedAt: z.string(),
  startedBy: z.string(),
  endedAt: z.string().nullable(),
  counts: z.strictObject({
    queued: count,
    screened: count,
    limited: count,
    refused: count,
    known: count,
    waiting: count,
  }),
  /** Why files were refused, the most frequent first. */
  codes: z.array(z.strictObject({ code: z.string(), count })),
  /** Whether this process works at it now. */
  working: z.boolean(),
  /** What stopped it; it goes on from there when that is mended. */
  error: ErrorShape.nullable(),
  remainingMs: z.number().nullable(),
})
export type BatchSummary = z.infer<typeof BatchSummary>

export const BatchRow = z.strictObject({
  id: BatchItemId,
  /** Relative to the source where it lies below it. */
  file: z.string(),
  /** Row of the table that named it. */
  row: z.int().nullable(),
  /** Null while it is queued. */
  outcome: BatchOutcome.nullable(),
  waitingFor: z.enum(['answer', 'identity']).nullable(),
  error: ErrorShape.nullable(),
  recordingId: RecordingId.nullable(),
  patient: PatientLabel.nullable(),
  /** Whom the file, or its row, seems to name, and how they differ. */
  proposed: PatientLabel.nullable(),
  differing: z.array(IdentityMismatch),
})
export type BatchRow = z.infer<typeof BatchRow>

/** Files that wait for one answer, because their headers are the same. */
export const BatchQuestion = z.strictObject({
  itemId: BatchItemId,
  file: z.string(),
  count: z.int().positive(),
  error: ErrorShape,
})
export type BatchQuestion = z.infer<typeof BatchQuestion>

const batch = z.strictObject({ batchId: BatchId })
const item = z.strictObject({ itemId: BatchItemId })
const table = z.strictObject({ fileName: z.string(), text: z.string() })

export const batchContract = {
  /** Starts, unless the table has problems or there is nothing to do. */
  'batch:start': {
    input: z.strictObject({
      kind: z.enum(BATCH_SOURCES),
      source: z.string().trim().min(1).max(4096),
      assignment: z.enum(BATCH_ASSIGNMENTS),
    }),
    output: z.strictObject({ batch: BatchSummary.nullable(), problems: z.array(TableProblem) }),
  },
  'batch:list': { input: z.void(), output: z.array(BatchSummary) },
  'batch:read': { input: batch, output: BatchSummary },
  'batch:pause': { input: batch, output: BatchSummary },
  'batch:resume': { input: batch, output: BatchSummary },
  /** What is done stays; what is queued is never done. A watched folder is no longer watched. */
  'batch:cancel': { input: batch, output: BatchSummary },
  'batch:list-items': {
    input: z.strictObject({
      batchId: BatchId,
      outcomes: z.array(BatchOutcome).max(BATCH_OUTCOMES.length),
      text: z.string().max(200),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ total: count, rows: z.array(BatchRow) }),
  },
  'batch:list-questions': { input: batch, output: z.array(BatchQuestion) },
  /** The file that is asked about and those that belong to it, for the questions of `reading:*`. */
  'batch:read-files': {
    input: item,
    output: z.strictObject({
      files: z.array(z.strictObject({ name: z.string(), bytes: bytes(MAX_FILE_BYTES) })),
    }),
  },
  /** `remember`: for all waiting files with the same header, and for later ones; else for this file alone. */
  'batch:answer': {
    input: z.strictObject({ itemId: BatchItemId, answer: ReadingAnswer, remember: z.boolean() }),
    output: BatchSummary,
  },
  /** No answer is given: the file, and all with the same header, stay refused. */
  'batch:refuse': { input: item, output: BatchSummary },
  /** Whose the recording is: the proposed patient's, after a human has compared the two, or nobody's yet. */
  'batch:decide-identity': {
    input: z.strictObject({ itemId: BatchItemId, assign: z.boolean(), reason: z.string().max(500) }),
    output: BatchSummary,
  },
  'batch:export-csv': { input: batch, output: table },
  'batch:template': { input: z.void(), output: table },
} as const

/** Counts only: it is told to a locked window, too. */
export const BatchProgress = z.strictObject({
  batchId: BatchId,
  state: z.enum(BATCH_STATES),
  done: count,
  of: count,
  remainingMs: z.number().nullable(),
})
export type BatchProgress = z.infer<typeof BatchProgress>
