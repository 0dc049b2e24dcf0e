import { z } from 'zod'

/** What a file may leave open, or say wrong, and a user can answer. */
export const Answered = z.enum(['units', 'rate', 'leads'])
export type Answered = z.infer<typeof Answered>

export const Delimiter = z.enum(['tab', 'semicolon', 'comma', 'bar', 'blanks'])
export type Delimiter = z.infer<typeof Delimiter>

export const VoltageUnit = z.enum(['V', 'mV', 'uV', 'nV'])
export type VoltageUnit = z.infer<typeof VoltageUnit>

/** Stands in `leads` for a column or channel that is left out. */
export const NO_LEAD = '-'

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
    table: z.strictObject({ delimiter: Delimiter, firstLine: z.int().min(1).max(200) }).optional(),
  })
  .refine(({ unit, gain }) => gain === undefined || unit !== undefined, { path: ['gain'] })
export type ReadingAnswer = z.infer<typeof ReadingAnswer>
