import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { binaryView, type BinaryView } from '../binary-view.ts'
import { crcCcitt } from '../crc-ccitt.ts'

/** Checksum, identification, length, two version bytes, six reserved bytes. */
const SECTION_HEADER_BYTES = 16
/** Checksum and length of the whole file stand before section 0. */
const FILE_HEADER_BYTES = 6
const POINTER_BYTES = 10

/** The data of one section, behind its header. */
export interface ScpSection {
  data: BinaryView
  /** Protocol version × 10: 13 for 1.3, 20 for 2.0, 30 for 3.0. */
  protocol: number
}

export type ScpSections = ReadonlyMap<number, ScpSection>

/**
 * Whether the bytes begin with section 0 of an SCP-ECG file: by the mark that the standard asks for, or, for writers
 * that leave it out, by a pointer section that points at itself.
 */
export function looksLikeScp(head: Uint8Array): boolean {
  if (head.length < 32) return false
  const view = binaryView(head, 'The head')
  if (view.u16(8) !== 0) return false
  if (view.text(16, 6) === 'SCPECG') return true
  return view.u16(22) === 0 && view.u32(24) === view.u32(10) && view.u32(10) > 0 && [6, 7].includes(view.u32(28))
}

/**
 * Finds the sections that the pointers of section 0 name, in any order.
 *
 * @param wanted  section numbers that are used; others are neither read nor checked
 * @see EN 1064:2005+A1, 5.2 and 5.3
 * @throws AppError `format/truncated`, `format/malformed`, `format/noncompliant`
 */
export function scpSections(main: Uint8Array, wanted: readonly number[], warnings: Warning[]): ScpSections {
  const file = binaryView(main, 'The SCP-ECG file')
  const sections = new Map<number, ScpSection>()
  const damaged: string[] = []
  if (crcCcitt(main.subarray(2)) !== file.u16(0)) damaged.push('the whole file')
  for (const { id, length, start } of pointers(file)) {
    if (!wanted.includes(id)) continue
    if (sections.has(id)) {
      throw new AppError('format/malformed', `The SCP-ECG file has section ${id} twice. Export the recording again.`)
    }
    const bytes = file.bytes(start, length)
    const section = binaryView(bytes, `Section ${id} of the SCP-ECG file`)
    checkHeader(section, id, length)
    if (crcCcitt(bytes.subarray(2)) !== section.u16(0)) damaged.push(`section ${id}`)
    const data = binaryView(bytes.subarray(SECTION_HEADER_BYTES), `Section ${id} of the SCP-ECG file`)
    sections.set(id, { data, protocol: section.u8(9) })
  }
  if (damaged.length > 0) {
    warnings.push({
      code: 'scp/checksum',
      message: `The SCP-ECG checksum does not fit for ${damaged.join(', ')}: the file may have been changed or damaged.`,
    })
  }
  if (main.length < file.u32(2)) {
    warnings.push({
      code: 'format/incomplete',
      message: `The SCP-ECG file declares ${file.u32(2)} bytes and has ${main.length}: something behind the ECG may be missing.`,
    })
  }
  return sections
}

function pointers(file: BinaryView): { id: number; length: number; start: number }[] {
  const length = file.u32(FILE_HEADER_BYTES + 4)
  const count = Math.floor((length - SECTION_HEADER_BYTES) / POINTER_BYTES)
  if (count < 1 || count > MAX_POINTERS) {
    throw new AppError(
      'format/malformed',
      `Section 0 of the SCP-ECG file declares ${length} bytes. The file is damaged; export it again.`,
    )
  }
  return Array.from({ length: count }, (_, index) => {
    const at = FILE_HEADER_BYTES + SECTION_HEADER_BYTES + index * POINTER_BYTES
    // The place is counted from 1.
    return { id: file.u16(at), length: file.u32(at + 2), start: file.u32(at + 6) - 1 }
  }).filter((pointer) => pointer.length > 0)
}

/** Sections 0–11 are standard; numbers up to 1023 are kept for later and for manufacturers. */
const MAX_POINTERS = 1024

function checkHeader(section: BinaryView, id: number, length: number): void {
  if (length >= SECTION_HEADER_BYTES && section.u16(2) === id && section.u32(4) <= length) return
  throw new AppError(
    'format/noncompliant',
    `This file calls itself SCP-ECG, but section ${id} is not where its table says, or not as long: ` +
      'it does not follow EN 1064. Export the recording in another format.',
  )
}
