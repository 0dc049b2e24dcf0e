import { AppError } from '../../../src-preload/contract/errors.ts'

/**
 * The text of a file without its byte order mark: by the mark, by the zero bytes of UTF-16, else UTF-8, else (where
 * the bytes are no valid UTF-8) Windows-1252, which holds Latin-1.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes)
  if (marked) return new TextDecoder(marked).decode(bytes)
  return utf8Text(bytes) ?? new TextDecoder('windows-1252').decode(bytes)
}

/** Text of a file's head for detection, or undefined where the bytes are not text. */
export function decodeHead(head: Uint8Array): string | undefined {
  const marked = markedEncoding(head)
  // Any byte is a character of Latin-1, so a head that ends within a character does no harm.
  const text = new TextDecoder(marked ?? 'latin1').decode(head)
  return NOT_TEXT.test(marked === 'utf-8' || marked === undefined ? text : text.slice(0, -1)) ? undefined : text
}

/** The encoding that a byte order mark states, or that the zero bytes of unmarked UTF-16 show. */
export function markedEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a !== 0 && b === 0 && c !== 0 && d === 0 && bytes.length >= 4) return 'utf-16le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0 && bytes.length >= 4) return 'utf-16be'
  return undefined
}

/**
 * Decodes by a named encoding (an XML declaration's, a DICOM character set's).
 *
 * @throws AppError `format/encoding-unknown` for an unknown name, `format/malformed` for bytes that do not fit
 */
export function decodeAs(bytes: Uint8Array, label: string): string {
  const decoder = decoderOf(label)
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new AppError(
      'format/malformed',
      `The file says that its text is ${printable(label)}, but its bytes are not. It may be cut off or damaged.`,
      { cause },
    )
  }
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch (cause) {
    throw new AppError(
      'format/encoding-unknown',
      `The file says that its text is “${printable(label)}”, which is no known encoding. Export it as UTF-8.`,
      { cause },
    )
  }
}

/** A piece of a file for a sentence: short, on one line, without control or direction characters. */
export function printable(text: string, maxLength = 60): string {
  const clean = text.slice(0, maxLength + 1).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·')
  return clean.length > maxLength ? `${clean.slice(0, maxLength)}…` : clean
}

// C0 controls other than tab, line ends, form feed and the DOS end-of-file mark.
const NOT_TEXT = /[\x00-\x08\x0e-\x19\x1b-\x1f\ufffd]/

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
