import { markedEncoding } from '../ecg/formats/text.ts'

/**
 * The text of a table that a spreadsheet wrote: by its byte order mark, else UTF-8, else (where the bytes are no valid
 * UTF-8) GB 18030, in which Chinese editions of spreadsheets save.
 */
export function decodeSpreadsheet(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes)
  if (marked) return new TextDecoder(marked).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
