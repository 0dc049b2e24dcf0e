import { AppError } from '../../../src-preload/contract/errors.ts'
import { readMessage, TENSOR, type Message } from './onnx-messages.ts'
import { malformed, readPackedVarints, WIRE } from './protobuf.ts'

/** Bytes of one element by TensorProto.DataType; strings, complex and sub-byte types do not occur in our graphs. */
// prettier-ignore
const ELEMENT_BYTES: Readonly<Record<number, number>> = {
  1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 16: 2,
}

const MAX_ELEMENTS = 2 ** 30
const MAX_DIMENSIONS = 8

/**
 * Checks one TensorProto: its numbers are inside the file, and exactly as many as its dimensions say.
 *
 * @throws AppError `pack/external-data`, `pack/graph-malformed`
 */
export function checkTensor(bytes: Uint8Array): void {
  const tensor = readMessage(bytes, TENSOR.fields)
  const location = tensor.one(TENSOR.location)?.value ?? 0n
  if (tensor.all(TENSOR.external).length > 0 || location !== 0n) {
    throw new AppError(
      'pack/external-data',
      `The weights "${tensor.text(TENSOR.name).slice(0, 80)}" lie outside the graph's file, where no signature protects them. Export the graph with its weights inside.`,
    )
  }
  const type = Number(tensor.one(TENSOR.dataType)?.value ?? 0n)
  const elementBytes = ELEMENT_BYTES[type]
  if (elementBytes === undefined) throw malformed(`weights of data type ${type}`)
  const elements = elementCount(tensor)
  const raw = tensor.one(TENSOR.raw)
  const typed = typedCount(tensor)
  const found = raw ? raw.bytes.length / elementBytes : typed
  if ((raw && typed > 0) || found !== elements) {
    throw malformed(`${found} numbers in weights whose dimensions say ${elements}`)
  }
}

function elementCount(tensor: Message): number {
  let elements = 1
  let dimensions = 0
  for (const dimension of varints(tensor, TENSOR.dims)) {
    if (dimension < 0n || dimension > BigInt(MAX_ELEMENTS)) throw malformed(`a dimension of ${dimension}`)
    elements *= Number(dimension)
    dimensions += 1
    if (elements > MAX_ELEMENTS || dimensions > MAX_DIMENSIONS) throw malformed('weights of too many elements')
  }
  return elements
}

function typedCount(tensor: Message): number {
  let count = 0
  for (const number of [TENSOR.int32s, TENSOR.int64s, TENSOR.uint64s]) {
    count += [...varints(tensor, number)].length
  }
  for (const { bytes } of tensor.all(TENSOR.floats)) count += bytes.length / 4
  for (const { bytes } of tensor.all(TENSOR.doubles)) count += bytes.length / 8
  return count
}

function* varints(message: Message, number: number): Generator<bigint> {
  for (const field of message.all(number)) {
    if (field.wire === WIRE.varint) yield BigInt.asIntN(64, field.value)
    else yield* readPackedVarints(field.bytes)
  }
}
