import { AppError } from '../../../../src-preload/contract/errors.ts'
import { huffmanDecode, huffmanTables } from './huffman.ts'
import type { ScpSection } from './sections.ts'

/** Sections 5 and 6 alike: a scale, an interval, and numbers for each lead. */
export interface ScpLeadData {
  nanovoltsPerUnit: number
  intervalUs: number
  bimodal: boolean
  /** Numbers of each lead, differences summed up. */
  leads: Int32Array[]
  /** Leads whose 16-bit length field is at its end while more samples are declared. */
  clippedLeads: number
}

/** Largest even number of bytes that the 16-bit length of a lead can state. */
const LONGEST_LEAD_BYTES = 65534
/** Byte 6 of section 6 is the bimodal flag up to version 2 of the standard; from 3 on it is reserved. */
const FIRST_PROTOCOL_WITHOUT_BIMODAL = 30

/**
 * Decodes the leads of section 5 or 6. Without section 2 they are stored as 16-bit numbers.
 *
 * @param countOf  how many numbers the lead has, once the interval and mode of the section are known
 * @throws AppError `format/units-unknown`, `format/rate-unknown`, `format/malformed`, `format/truncated`
 */
export function scpLeadData(
  { data, protocol }: ScpSection,
  codes: ScpSection | undefined,
  leadCount: number,
  countOf: (lead: number, intervalUs: number, bimodal: boolean) => number,
): ScpLeadData {
  const [nanovoltsPerUnit, intervalUs, encoding] = [data.u16(0), data.u16(2), data.u8(4)]
  const bimodal = data.u8(5) !== 0 && protocol < FIRST_PROTOCOL_WITHOUT_BIMODAL
  if (nanovoltsPerUnit === 0) {
    throw new AppError(
      'format/units-unknown',
      'The SCP-ECG file states an amplitude of 0 nV for one unit. Export the recording again.',
    )
  }
  if (intervalUs === 0) {
    throw new AppError(
      'format/rate-unknown',
      'The SCP-ECG file states a sample interval of 0 µs. Export the recording with its sampling rate.',
    )
  }
  if (encoding > 2) {
    throw new AppError(
      'format/malformed',
      `The SCP-ECG file states encoding ${encoding}, where 0, 1 and 2 are differences of that order. Export it again.`,
    )
  }
  const tables = codes && huffmanTables(codes)
  let clippedLeads = 0
  let at = 6 + 2 * leadCount
  const leads = Array.from({ length: leadCount }, (_, lead) => {
    const length = data.u16(6 + 2 * lead)
    const bytes = data.bytes(at, length)
    at += length
    const count = countOf(lead, intervalUs, bimodal)
    if (tables) return summed(huffmanDecode(tables, bytes, count), encoding)
    const isClipped = length >= LONGEST_LEAD_BYTES && count * 2 > length
    if (isClipped) clippedLeads++
    return summed(sixteenBit(bytes, isClipped ? Math.floor(length / 2) : count), encoding)
  })
  return { nanovoltsPerUnit, intervalUs, bimodal, leads, clippedLeads }
}

function sixteenBit(bytes: Uint8Array, count: number): Int32Array {
  if (bytes.length < 2 * count) {
    throw new AppError(
      'format/truncated',
      `A lead of the SCP-ECG file has ${bytes.length} bytes for ${count} samples. Export the recording again.`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const out = new Int32Array(count)
  for (let t = 0; t < count; t++) out[t] = view.getInt16(2 * t, true)
  return out
}

/** Undoes first or second differences in place. The first one or two numbers are the samples themselves. */
function summed(numbers: Int32Array, order: number): Int32Array {
  if (order === 1) for (let t = 1; t < numbers.length; t++) numbers[t]! += numbers[t - 1]!
  if (order === 2) for (let t = 2; t < numbers.length; t++) numbers[t]! += 2 * numbers[t - 1]! - numbers[t - 2]!
  return numbers
}
