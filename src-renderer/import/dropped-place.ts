/** A folder or a table of recordings that somebody let go over the page. */
export interface DroppedPlace {
  readonly kind: 'folder' | 'table'
  readonly name: string
  /** Where it lies on this computer; null in a browser, which tells no page. */
  readonly path: string | null
}

const TABLE = /\.(csv|tsv|txt)$/i

/**
 * What a drop is, where it is one folder or one table. Must be called in the drop event itself: the entries are gone
 * afterwards.
 *
 * @param pathOf  the desktop's answer to where a file lies; absent in a browser
 * @returns null where it is anything else
 */
export function droppedPlace(transfer: DataTransfer, pathOf?: (file: File) => string): DroppedPlace | null {
  const [item, ...others] = [...transfer.items]
  const entry = item?.webkitGetAsEntry() ?? null
  const file = item?.getAsFile() ?? null
  const name = entry?.name ?? file?.name
  if (name === undefined || others.length > 0) return null
  const isFolder = entry?.isDirectory ?? false
  if (!isFolder && !TABLE.test(name)) return null
  const path = file && pathOf ? pathOf(file) : ''
  return { kind: isFolder ? 'folder' : 'table', name, path: path === '' ? null : path }
}
