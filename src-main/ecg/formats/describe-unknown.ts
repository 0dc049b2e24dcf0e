import { decodeHead, printable } from './text.ts'
import { xmlRootName } from './xml.ts'

/**
 * What a file that no reader knows seems to be, as the end of the sentence “it looks like …”.
 *
 * @param head  its first bytes, 64 KiB at most
 */
export function describeUnknown(head: Uint8Array): string {
  const known = magics.find(({ at, magic }) => magic.every((byte, index) => head[at + index] === byte))
  if (known) return known.name
  const root = xmlRootName(head)
  if (root) return `XML with root <${printable(root)}>`
  const text = decodeHead(head)
  if (text === undefined) return 'binary data'
  if (/^\s*<(?:!doctype\s+)?html/i.test(text)) return 'a web page'
  if (/^\s*[{[]/.test(text)) return 'JSON'
  return text.trim() === '' ? 'blank text' : 'plain text without a table of named leads'
}

/** Whether the bytes may be the signal file of a WFDB record, which says nothing about itself. */
export function maySignalFile(head: Uint8Array, name: string): boolean {
  return /\.(?:dat|mat|xyz|d\d+)$/i.test(name) || describeUnknown(head) === 'binary data'
}

const magic = (name: string, text: string, at = 0) => ({ name, at, magic: [...Buffer.from(text, 'latin1')] })

const magics = [
  magic('a PDF document', '%PDF'),
  magic('a JPEG image', '\xff\xd8\xff'),
  magic('a PNG image', '\x89PNG'),
  magic('a GIF image', 'GIF8'),
  magic('a TIFF image', 'II*\0'),
  magic('a TIFF image', 'MM\0*'),
  magic('a ZIP archive (or an Office document)', 'PK\x03\x04'),
  magic('a gzip archive', '\x1f\x8b'),
  magic('a 7-Zip archive', '7z\xbc\xaf\x27\x1c'),
  magic('the first bytes of an SCP-ECG file', 'SCPECG', 16),
  magic('an ISHNE annotation file, which has beats and no samples', 'ANN  1.0'),
  magic('an HDF5 (or MATLAB 7.3) file', '\x89HDF'),
  magic('a NIfTI image', 'n+1\0', 344),
  magic('an SQLite database', 'SQLite format 3'),
  magic('a Windows program', 'MZ'),
  magic('a Linux program', '\x7fELF'),
]
