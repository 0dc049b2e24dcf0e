import { MAX_DROP_FILES } from '../contract.ts'

/** A chosen file and the folder that it came from; companions are looked for in the same folder only. */
export interface PickedFile {
  folder: string
  file: File
}

/** Bytes handed over in one call; bounds the memory of a large drop. One recording may exceed it. */
export const MAX_BATCH_BYTES = 64 * 2 ** 20

/**
 * Splits a drop into calls. A folder goes in one call where it fits, so that any file may name any other as its
 * companion; a larger folder is split between records, and a record's files (same name before the first dot) stay
 * together.
 *
 * @returns batches of at most MAX_DROP_FILES files; a single record with more files than that is cut
 */
export function planBatches(files: readonly PickedFile[]): PickedFile[][] {
  return [...Map.groupBy(files, (picked) => picked.folder).values()].flatMap((folder) =>
    fits(folder) ? [folder] : packRecords(folder),
  )
}

function packRecords(folder: readonly PickedFile[]): PickedFile[][] {
  const batches: PickedFile[][] = []
  let batch: PickedFile[] = []
  for (const record of Map.groupBy(folder, (picked) => stem(picked.file.name)).values()) {
    for (let start = 0; start < record.length; start += MAX_DROP_FILES) {
      const part = record.slice(start, start + MAX_DROP_FILES)
      if (batch.length > 0 && !fits([...batch, ...part])) {
        batches.push(batch)
        batch = []
      }
      batch.push(...part)
    }
  }
  return batch.length > 0 ? [...batches, batch] : batches
}

function fits(files: readonly PickedFile[]): boolean {
  if (files.length > MAX_DROP_FILES) return false
  return files.reduce((sum, picked) => sum + picked.file.size, 0) <= MAX_BATCH_BYTES
}

/** The name before its first dot, which the files of one record share. */
export function stem(name: string): string {
  const dot = name.indexOf('.', 1)
  return dot < 0 ? name : name.slice(0, dot)
}
