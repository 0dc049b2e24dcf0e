/**
 * `files:*`: the desktop's own dialogs. What leaves the registry as a file is written by main, and only where the user
 * chose; a browser's own download would first write it to a folder of the browser's choice.
 */
import { z } from 'zod'
import { bytes } from './bytes.ts'

/** A proposal, without a path. */
const FileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\:*?"<>|\u0000-\u001f]+$/)

export const filesContract = {
  /** `saved: false` where the user chose no place. */
  'files:save': {
    input: z.strictObject({ name: FileName, content: bytes(512 * 2 ** 20) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** Null where the user chose none. */
  'files:choose-folder': { input: z.void(), output: z.strictObject({ folder: z.string().nullable() }) },
} as const
