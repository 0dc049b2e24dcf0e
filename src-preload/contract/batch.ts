/** `batch:*`: many recordings unattended. */
import { z } from 'zod'
import { BATCH_SOURCES } from './constants.ts'
import { ErrorShape } from './error-shape.ts'
import { BatchId } from './ids.ts'

export const BatchSource = z.enum(BATCH_SOURCES)
export type BatchSource = z.infer<typeof BatchSource>

export const BatchState = z.enum(['running', 'stopped', 'finished', 'watching'])

export const Batch = z.strictObject({
  id: BatchId,
  source: BatchSource,
  path: z.string(),
  state: BatchState,
  startedAt: z.string(),
  startedBy: z.string(),
  found: z.int().min(0),
  done: z.int().min(0),
  screened: z.int().min(0),
  refused: z.int().min(0),
  failed: z.int().min(0),
  /** Why it stopped by itself, e.g. a drive that is gone or a full disk. */
  problem: ErrorShape.nullable(),
})
export type Batch = z.infer<typeof Batch>

export const BatchFile = z.strictObject({
  file: z.string(),
  outcome: z.enum(['waiting', 'screened', 'kept', 'known', 'refused', 'failed']),
  recordingId: z.string().nullable(),
  error: ErrorShape.nullable(),
})
export type BatchFile = z.infer<typeof BatchFile>

const batchId = z.strictObject({ batchId: BatchId })

export const batchContract = {
  'batch:start': {
    input: z.strictObject({ source: BatchSource, path: z.string().trim().min(1).max(4096) }),
    output: Batch,
  },
  /** The system's own dialog, where this entry has one; null where nothing was chosen. */
  'batch:choose-path': {
    input: z.strictObject({ source: BatchSource }),
    output: z.strictObject({ available: z.boolean(), path: z.string().nullable() }),
  },
  'batch:list': { input: z.void(), output: z.array(Batch) },
  'batch:list-files': {
    input: batchId.extend({ offset: z.int().min(0), limit: z.int().min(1).max(500), onlyProblems: z.boolean() }),
    output: z.strictObject({ total: z.int().min(0), rows: z.array(BatchFile) }),
  },
  'batch:stop': { input: batchId, output: Batch },
  'batch:resume': { input: batchId, output: Batch },
  /** One line a file, as a table. */
  'batch:report': { input: batchId, output: z.strictObject({ fileName: z.string(), text: z.string() }) },
} as const

export const batchEvents = { 'batch:progress': Batch } as const
