import { crcCcitt } from '../../../src-main/ecg/formats/crc-ccitt.ts'
import type { Mutate } from '../input.ts'
import type { FuzzRandom } from '../random.ts'
import { writeNumber } from './bytes.ts'

const POINTERS = { from: 6 + 16, bytes: 10, count: 12 }

/** Changes to the pointers of section 0, and to numbers within one section; the checksum is often made to fit again. */
export const mutateScp: Mutate = (input, random) => {
  const bytes = Buffer.from(input)
  for (let count = 1 + random.below(3); count > 0; count--) {
    if (random.chance(0.4)) writeNumber(bytes, POINTERS.from + random.below(POINTERS.bytes * POINTERS.count), random)
    else changeSection(bytes, random)
  }
  if (random.chance(0.7) && bytes.length > 6) bytes.writeUInt16LE(crcCcitt(bytes.subarray(2)), 0)
  return bytes
}

/** The tables of Huffman codes and the list of leads are short, and every byte of them matters. */
function changeSection(bytes: Buffer, random: FuzzRandom): void {
  const pointer = POINTERS.from + POINTERS.bytes * (1 + random.below(6))
  if (pointer + 10 > bytes.length) return
  const [length, place] = [bytes.readUInt32LE(pointer + 2), bytes.readUInt32LE(pointer + 6) - 1]
  if (length === 0 || place < 0 || place + length > bytes.length) return
  writeNumber(bytes, place + random.below(Math.min(length, 120)), random)
}
