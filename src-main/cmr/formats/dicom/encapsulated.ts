import { AppError } from '../../../../src-preload/contract/errors.ts'

const ITEM_HEADER_BYTES = 8

/**
 * The compressed frames of encapsulated pixel data: by one item a frame, else by the offset table, else one frame in
 * all items.
 *
 * @param fragments       the items, the Basic Offset Table first
 * @param extendedOffsets of the Extended Offset Table, where the file has one
 * @throws AppError `format/malformed`
 * @see PS3.5 section A.4
 */
export function encapsulatedFrames(
  fragments: readonly Uint8Array[],
  frames: number,
  extendedOffsets?: readonly number[],
): Uint8Array[] {
  const [table, ...items] = fragments
  if (!table || items.length === 0) throw malformed('it holds no items')
  if (items.length === frames) return items
  if (frames === 1) return [joined(items)]
  const offsets = extendedOffsets ?? basicOffsets(table)
  if (offsets.length !== frames || items.length < frames)
    throw malformed(`it holds ${items.length} items for ${frames} frames`)
  const starts = itemOffsets(items)
  const firsts = offsets.map((offset) => starts.indexOf(offset))
  if (firsts[0] !== 0 || firsts.some((first, frame) => first < 0 || (frame > 0 && first <= firsts[frame - 1]!)))
    throw malformed('its offset table points beside its items')
  return firsts.map((first, frame) => joined(items.slice(first, firsts[frame + 1])))
}

function basicOffsets(table: Uint8Array): number[] {
  const view = new DataView(table.buffer, table.byteOffset, table.length)
  return Array.from({ length: Math.floor(table.length / 4) }, (_, index) => view.getUint32(4 * index, true))
}

/** Where each item begins, counted from the first one behind the offset table. */
function itemOffsets(items: readonly Uint8Array[]): number[] {
  let at = 0
  return items.map((item) => {
    const start = at
    at += ITEM_HEADER_BYTES + item.length
    return start
  })
}

const joined = (items: readonly Uint8Array[]): Uint8Array => (items.length === 1 ? items[0]! : Buffer.concat(items))

const malformed = (problem: string): AppError =>
  new AppError(
    'format/malformed',
    `The compressed pixel data of the DICOM file are damaged: ${problem}. Export it again.`,
  )
