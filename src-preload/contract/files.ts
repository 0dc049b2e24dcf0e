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

const FolderEntry = z.strictObject({ name: z.string(), path: z.string() })

export const filesContract = {
  /** `saved: false` where the user chose no place. */
  'files:save': {
    input: z.strictObject({ name: FileName, content: bytes(512 * 2 ** 20) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** Null where the user chose none. */
  'files:choose-folder': { input: z.void(), output: z.strictObject({ folder: z.string().nullable() }) },
  'files:choose-table': { input: z.void(), output: z.strictObject({ table: z.string().nullable() }) },
  /**
   * What lies in a folder of this computer, for choosing in the window where there is no dialog of the system: folders
   * and tables by name, nothing hidden. Null for the user's own folder.
   */
  'files:list-folder': {
    input: z.strictObject({ folder: z.string().min(1).max(4096).nullable() }),
    output: z.strictObject({
      folder: z.string(),
      /** Null at the top. */
      parent: z.string().nullable(),
      folders: z.array(FolderEntry),
      tables: z.array(FolderEntry),
      /** There is more than is listed. */
      more: z.boolean(),
    }),
  },
} as const
