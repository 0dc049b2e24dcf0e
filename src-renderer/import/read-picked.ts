import type { PickedFile } from './batches.ts'

/** The bytes of chosen files, and those that can't be read any more, such as from a drive that was pulled out. */
export async function readPicked(
  picked: readonly PickedFile[],
): Promise<{ files: { name: string; bytes: Uint8Array }[]; unreadable: PickedFile[] }> {
  const unreadable: PickedFile[] = []
  const read = await Promise.all(
    picked.map(async (each) => {
      try {
        return [{ name: each.file.name, bytes: new Uint8Array(await each.file.arrayBuffer()) }]
      } catch {
        unreadable.push(each)
        return []
      }
    }),
  )
  return { files: read.flat(), unreadable }
}
