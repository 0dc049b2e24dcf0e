import type { Mutate } from '../input.ts'
import type { FuzzRandom } from '../random.ts'

/** Numbers at the edges of what 8, 16 and 32 bits hold. */
const EDGES = [0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 257, 511, 512, 1000, 1023, 1024, 4095, 4096, 32767, 32768, 65534, 65535, 65536, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1] // prettier-ignore

/** Changes without knowledge of the format: bits, numbers of both byte orders, pieces cut, doubled, moved and borrowed. */
export const mutateBytes: Mutate = (input, random, others) => {
  let bytes: Buffer = Buffer.from(input)
  for (let count = 1 + random.below(4); count > 0; count--) bytes = random.pick(CHANGES)(bytes, random, others)
  return bytes
}

type Change = (bytes: Buffer, random: FuzzRandom, others: readonly Uint8Array[]) => Buffer

const CHANGES: readonly Change[] = [
  (bytes, random) => {
    if (bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
    return bytes
  },
  (bytes, random) => {
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256)
    return bytes
  },
  (bytes, random) => writeNumber(bytes, random.below(Math.max(1, bytes.length)), random),
  // Most formats have their structure at the beginning.
  (bytes, random) => writeNumber(bytes, random.below(Math.max(1, Math.min(bytes.length, 600))), random),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const [from, length] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
  },
  (bytes, random) => {
    const [from, length] = piece(bytes, random)
    return Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)])
  },
  (bytes, random, others) => {
    const donor = Buffer.from(random.pick([...others, bytes]))
    const [from, length] = piece(donor, random)
    const at = random.below(bytes.length + 1)
    const over = random.chance(0.5) ? length : 0
    return Buffer.concat([bytes.subarray(0, at), donor.subarray(from, from + length), bytes.subarray(at + over)])
  },
]

export function writeNumber(bytes: Buffer, at: number, random: FuzzRandom): Buffer {
  const width = random.pick([1, 2, 4])
  if (at + width > bytes.length) return bytes
  const value =
    random.pick(random.chance(0.2) ? [bytes.length, bytes.length - 1, bytes.length + 1] : EDGES) % 2 ** (8 * width)
  if (random.chance(0.8)) bytes.writeUIntLE(value, at, width)
  else bytes.writeUIntBE(value, at, width)
  return bytes
}

function piece(bytes: Uint8Array, random: FuzzRandom): [from: number, length: number] {
  const from = random.below(bytes.length + 1)
  return [from, random.below(Math.min(bytes.length - from, random.chance(0.9) ? 64 : 4096) + 1)]
}
