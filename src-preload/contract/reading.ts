import { z } from 'zod'
import { bytes, float32 } from './bytes.ts'
import { MAX_DROP_FILES, MAX_FILE_BYTES } from './constants.ts'

/** What a file may leave open, or say wrong, and a user can answer. */
export const Answered = z.enum(['units', 'rate', 'leads'])
export type Answered = z.infer<typeof Answered>

export const Delimiter = z.enum(['tab', 'semicolon', 'comma', 'bar', 'blanks'])
export type Delimiter = z.infer<typeof Delimiter>

export const VoltageUnit = z.enum(['V', 'mV', 'uV', 'nV'])
export type VoltageUnit = z.infer<typeof VoltageUnit>

export const TablePlace = z.strictObject({ delimiter: Delimiter, firstLine: z.int().min(1).max(200) })
export type TablePlace = z.infer<typeof TablePlace>

/**
 * What the user says about a file in the file's stead; also the form of a mapping file of the command line. Fields
 * that are absent stay as the file has them.
 */
export const ReadingAnswer = z
  .strictObject({
    rateHz: z.number().min(1).max(100_000).optional(),
    /** Unit of the numbers that the file stores, after division by `gain`. */
    unit: VoltageUnit.optional(),
    /** Stored steps for one unit; 1 where it is absent. */
    gain: z.number().positive().max(1e9).optional(),
    /** A name for each column or channel in the order of the file; `-` leaves it out. */
    leads: z.array(z.string().min(1).max(64)).min(1).max(1024).optional(),
    /** Where the numbers of a table begin and what stands between them; found by itself where absent. */
    table: TablePlace.optional(),
  })
  .refine(({ unit, gain }) => gain === undefined || unit !== undefined, { path: ['gain'] })
export type ReadingAnswer = z.infer<typeof ReadingAnswer>

const error = z.strictObject({ code: z.string(), message: z.string() })

/** All files of one drop or one choice, as they are handed over. */
export const HandedFiles = z
  .array(z.strictObject({ name: z.string().min(1).max(1024), bytes: bytes(MAX_FILE_BYTES) }))
  .min(1)
  .max(MAX_DROP_FILES)

/** What can be asked about a file, and what is known of it. */
export const FileExamination = z.strictObject({
  format: z.string(),
  /** Why the file is not read, or not screened, as it is; null where it is. */
  refusal: error.nullable(),
  /** Names of columns or channels in the order of the file, empty where it has none. */
  columns: z.array(z.string()),
  /** The lead that each of these names means, `-` where it means none. */
  leads: z.array(z.string()),
  /** What the file states of itself. */
  rateHz: z.number().nullable(),
  /** Of delimited text: where its rows of numbers begin, and the first of them. */
  table: TablePlace.extend({ rows: z.array(z.array(z.string())) }).nullable(),
  /** Under which an answer is remembered for files with this header; null where the header tells nothing. */
  header: z.string().nullable(),
  /** The answer that is remembered for this header. */
  remembered: ReadingAnswer.nullable(),
})
export type FileExamination = z.infer<typeof FileExamination>

/** What a file would be with an answer: enough to see whether it is right. */
export const TriedReading = z.strictObject({
  rateHz: z.number(),
  durationS: z.number(),
  heartRateBpm: z.number().nullable(),
  /** Largest minus smallest value of each lead within ten seconds, in mV. */
  spans: z.array(z.strictObject({ lead: z.string(), spanMv: z.number() })),
  /** Up to ten seconds of one lead, II where there is one. */
  trace: z.strictObject({ lead: z.string(), samplesMv: float32(1_000_000) }).nullable(),
  /** Why a screening would be refused all the same. */
  refusal: error.nullable(),
})
export type TriedReading = z.infer<typeof TriedReading>

/** An answer about one file of a drop. */
export const FileAnswer = z.strictObject({
  file: z.string().min(1).max(1024),
  answer: ReadingAnswer,
  /** True: also for later files with the same header; false: for none of them any more. */
  remember: z.boolean(),
})
export type FileAnswer = z.infer<typeof FileAnswer>

/** `reading:*` — questions about a file that does not say its units, rate or leads. */
export const readingChannels = {
  'reading:examine': {
    input: z.strictObject({ files: HandedFiles, file: z.string(), table: TablePlace.optional() }),
    output: FileExamination,
  },
  'reading:try': {
    input: z.strictObject({ files: HandedFiles, file: z.string(), answer: ReadingAnswer }),
    output: TriedReading,
  },
} as const
