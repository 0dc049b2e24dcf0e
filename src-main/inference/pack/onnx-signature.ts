import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Graph } from '../../../src-preload/contract/manifest.ts'
import { DIMENSION, GRAPH, readMessage, SHAPE, TENSOR_TYPE, TYPE, VALUE_INFO, type Message } from './onnx-messages.ts'
import type { Field } from './protobuf.ts'

type Expected = Graph['inputs'][number]

/** TensorProto.DataType of the types that a manifest may name. */
const TYPE_NAMES: Readonly<Record<number, string>> = { 1: 'float32', 6: 'int32' }

/**
 * Compares the inputs and outputs of a graph with the manifest: names, order, types, fixed dimensions; a dimension that
 * the manifest names must be free in the graph.
 *
 * @throws AppError `pack/shape-mismatch`
 */
export function checkSignature(graph: Message, expected: Graph): void {
  compare('input', graph.all(GRAPH.input), expected.inputs)
  compare('output', graph.all(GRAPH.output), expected.outputs)
}

function compare(kind: 'input' | 'output', found: readonly Field[], expected: readonly Expected[]): void {
  const foundText = found.map(({ bytes }) => describe(readMessage(bytes, VALUE_INFO.fields)))
  const expectedText = expected.map(
    ({ name, dtype, shape }) => `${name} ${dtype} [${shape.map(freeOrFixed).join(',')}]`,
  )
  if (foundText.join('; ') === expectedText.join('; ')) return
  throw new AppError(
    'pack/shape-mismatch',
    `The graph has the ${kind}s ${foundText.join('; ').slice(0, 400) || 'none'}, but expected were ${expectedText.join('; ')} (* is a free dimension). Get the pack again from its maker.`,
  )
}

/** `name type [dimensions]`, a free dimension as `*`. */
function describe(value: Message): string {
  const type = value.one(VALUE_INFO.type)
  const tensor = type && readMessage(type.bytes, TYPE.fields).one(TYPE.tensor)
  if (!tensor) return `${value.text(VALUE_INFO.name)} of unknown type`
  const tensorType = readMessage(tensor.bytes, TENSOR_TYPE.fields)
  const element = Number(tensorType.one(TENSOR_TYPE.elementType)?.value ?? 0n)
  const shape = tensorType.one(TENSOR_TYPE.shape)
  const dimensions = shape
    ? readMessage(shape.bytes, SHAPE.fields)
        .all(SHAPE.dimension)
        .map(({ bytes }) => {
          const fixed = readMessage(bytes, DIMENSION.fields).one(DIMENSION.value)
          return fixed ? BigInt.asIntN(64, fixed.value).toString() : '*'
        })
        .join(',')
    : 'unknown'
  return `${value.text(VALUE_INFO.name)} ${TYPE_NAMES[element] ?? `type ${element}`} [${dimensions}]`
}

function freeOrFixed(dimension: number | string): string {
  return typeof dimension === 'number' ? String(dimension) : '*'
}
