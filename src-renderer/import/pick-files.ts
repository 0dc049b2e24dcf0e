import type { PickedFile } from './batches.ts'

/** Deeper folders are left alone: a drop of a whole disk must not walk it. */
const MAX_DEPTH = 8

/** Files of an `<input type="file">`, with their folders where a folder was chosen. */
export function fromInput(input: HTMLInputElement): PickedFile[] {
  return [...(input.files ?? [])]
    .filter((file) => isWanted(file.name))
    .map((file) => ({ folder: file.webkitRelativePath.split('/').slice(0, -1).join('/'), file }))
}

/** Files of a drop, folders walked. Must be called in the drop event itself: the entries are gone afterwards. */
export async function fromDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  const found = [...transfer.items].map(async (item) => {
    const entry = item.webkitGetAsEntry()
    if (entry) return walk(entry, '', 0)
    // A file without a place in a file system, such as one dragged out of a mail program.
    const file = item.getAsFile()
    return file ? [{ folder: '', file }] : []
  })
  return (await Promise.all(found)).flat()
}

async function walk(entry: FileSystemEntry, folder: string, depth: number): Promise<PickedFile[]> {
  if (!isWanted(entry.name)) return []
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ folder, file }]
  }
  if (depth >= MAX_DEPTH) return []
  const children = await readAll((entry as FileSystemDirectoryEntry).createReader())
  const inside = `${folder}${entry.name}/`
  return (await Promise.all(children.map((child) => walk(child, inside, depth + 1)))).flat()
}

/** A reader gives a folder in parts, an empty part last. */
async function readAll(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return all
    all.push(...part)
  }
}

/** Files that an operating system leaves in folders are nobody's recordings. */
function isWanted(name: string): boolean {
  return !name.startsWith('.') && name !== 'Thumbs.db' && name !== 'desktop.ini'
}
