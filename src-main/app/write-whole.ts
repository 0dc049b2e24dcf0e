import { rename, writeFile } from 'node:fs/promises'
import { AppError } from '../../src-preload/contract/errors.ts'

/** Under another name first, so that no reader ever sees half a file. @throws AppError `files/not-written` */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.part`
  try {
    await writeFile(unfinished, content)
    await rename(unfinished, path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new AppError(
      'files/not-written',
      `${path} can't be written (${code}). Check the folder and the free space.`,
      {
        cause,
      },
    )
  }
}
