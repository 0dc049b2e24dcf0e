import { AppError } from '../../../src-preload/contract/errors.ts'
import { printable } from './text.ts'

/**
 * Bytes of base64 text, blanks between its characters ignored.
 *
 * @param of  whose samples they are, for the sentence of a refusal
 * @throws AppError `format/malformed` for text that is empty, cut off or no base64
 */
export function decodeBase64(text: string, of: string): Uint8Array {
  const compact = text.replace(/\s+/g, '')
  // Node's own decoder skips what is no base64, so the alphabet and the length are checked first.
  if (compact.length === 0 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new AppError(
      'format/malformed',
      `The samples of ${printable(of)} are not base64. The file may be cut off or damaged.`,
    )
  }
  return Buffer.from(compact, 'base64')
}
