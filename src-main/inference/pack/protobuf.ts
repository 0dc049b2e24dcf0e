import { AppError } from '../../../src-preload/contract/errors.ts'

/** Protocol-buffer wire types; groups (3, 4) do not occur in ONNX and are refused. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/** One field of a message. `bytes` is a view, never a copy; `value` is set for varints only. */
export interface Field {
  number: number
  wire: number
  value: bigint
  bytes: Uint8Array
}

const EMPTY = new Uint8Array(0)

/**
 * Walks the fields of one message. Every length is checked against the bytes that are really there before anything is
 * made of it, so that a lying length costs nothing.
 *
 * @throws AppError `pack/graph-malformed`
 */
export function* readFields(message: Uint8Array): Generator<Field> {
  let position = 0
  while (position < message.length) {
    const tag = readVarint(message, position)
    position = tag.next
    const number = Number(tag.value >> 3n)
    const wire = Number(tag.value & 7n)
    if (number < 1 || number > 0x1fffffff) throw malformed(`field number ${number}`)
    switch (wire) {
      case WIRE.varint: {
        const { value, next } = readVarint(message, position)
        position = next
        yield { number, wire, value, bytes: EMPTY }
        break
      }
      case WIRE.bytes: {
        const length = readVarint(message, position)
        position = length.next
        if (length.value > BigInt(message.length - position)) {
          throw malformed(`a length of ${length.value} bytes where ${message.length - position} are left`)
        }
        const end = position + Number(length.value)
        yield { number, wire, value: 0n, bytes: message.subarray(position, end) }
        position = end
        break
      }
      case WIRE.fixed32:
      case WIRE.fixed64: {
        const end = position + (wire === WIRE.fixed32 ? 4 : 8)
        if (end > message.length) throw malformed('a number cut off at the end')
        yield { number, wire, value: 0n, bytes: message.subarray(position, end) }
        position = end
        break
      }
      default:
        throw malformed(`wire type ${wire}`)
    }
  }
}

/** Varints of a packed field, as signed 64-bit. */
export function* readPackedVarints(bytes: Uint8Array): Generator<bigint> {
  let position = 0
  while (position < bytes.length) {
    const { value, next } = readVarint(bytes, position)
    position = next
    yield BigInt.asIntN(64, value)
  }
}

export function malformed(found: string): AppError {
  return new AppError(
    'pack/graph-malformed',
    `A graph of the pack is no well-formed ONNX file: found ${found}. Get the pack again from its maker.`,
  )
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; next: number } {
  // Almost every varint of a model is one byte; BigInt arithmetic is kept for the rest.
  const first = bytes[start]
  if (first !== undefined && first < 0x80) return { value: BigInt(first), next: start + 1 }
  let value = 0n
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) throw malformed('a number cut off at the end')
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) {
      if (value > 0xffffffffffffffffn) throw malformed('a number above 64 bits')
      return { value, next: start + index + 1 }
    }
  }
  throw malformed('a number of more than 10 bytes')
}
