import type { Graph } from '../../src-preload/contract/manifest.ts'

/** A protobuf writer just large enough to spell ONNX files by hand, well-formed or not. */
export function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return bytes
}

export const number = (field: number, value: number | bigint): number[] => [...varint(field << 3), ...varint(value)]
export const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
]
export const text = (field: number, content: string): number[] => bytes(field, [...Buffer.from(content, 'utf8')])

export interface TensorParts {
  dims?: readonly (number | bigint)[]
  dataType?: number
  raw?: readonly number[]
  extra?: readonly number[]
}

/** TensorProto; one float32 zero unless told otherwise. */
export const tensor = ({ dims = [1], dataType = 1, raw = [0, 0, 0, 0], extra = [] }: TensorParts = {}): number[] => [
  ...dims.flatMap((dim) => number(1, dim)),
  ...number(2, dataType),
  ...text(8, 'weights'),
  ...bytes(9, raw),
  ...extra,
]

/** NodeProto. */
export const node = (operator: string, extra: readonly number[] = []): number[] => [
  ...text(1, 'x'),
  ...text(2, 'y'),
  ...text(4, operator),
  ...extra,
]

/** NodeProto with names of its own, as a graph that runs needs them. */
export const operation = (operator: string, inputs: readonly string[], outputs: readonly string[]): number[] => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, operator),
]
/** TensorProto of named float32 weights. */
export const weights = (name: string, dims: readonly number[], values: Float32Array): number[] => [
  ...dims.flatMap((dim) => number(1, dim)),
  ...number(2, 1),
  ...text(8, name),
  ...bytes(9, [...new Uint8Array(values.buffer)]),
]

/** AttributeProto that holds a graph, as the body of a Loop. */
export const graphAttribute = (graph: readonly number[]): number[] =>
  bytes(5, [...text(1, 'body'), ...bytes(6, graph), ...number(20, 5)])
/** AttributeProto that holds a tensor, as of a Constant. */
export const tensorAttribute = (content: readonly number[]): number[] =>
  bytes(5, [...text(1, 'value'), ...bytes(5, content), ...number(20, 4)])

export type Value = Graph['inputs'][number]

/** ValueInfoProto of a tensor; letters become free dimensions. */
export const valueInfo = ({ name, dtype, shape }: Value): number[] => {
  const dims = shape.flatMap((dim) => bytes(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)))
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, dtype === 'int32' ? 6 : 1), ...bytes(2, dims)]))]
}

export interface ModelParts {
  ir?: number
  opsets?: readonly [domain: string, version: number][]
  nodes?: readonly (readonly number[])[]
  initializers?: readonly (readonly number[])[]
  inputs?: readonly Value[]
  outputs?: readonly Value[]
  /** Appended to the graph and to the model. */
  graphExtra?: readonly number[]
  modelExtra?: readonly number[]
}

/** ModelProto. */
export function model(parts: ModelParts = {}): Uint8Array {
  const { nodes = [node('Identity')], initializers = [tensor()], inputs = [], outputs = [] } = parts
  const graph = [
    ...nodes.flatMap((content) => bytes(1, content)),
    ...text(2, 'graph'),
    ...initializers.flatMap((content) => bytes(5, content)),
    ...inputs.flatMap((value) => bytes(11, valueInfo(value))),
    ...outputs.flatMap((value) => bytes(12, valueInfo(value))),
    ...(parts.graphExtra ?? []),
  ]
  return Uint8Array.from([
    ...number(1, parts.ir ?? 10),
    ...text(2, 'hand'),
    ...bytes(7, graph),
    ...(parts.opsets ?? [['', 18]]).flatMap(([domain, version]) =>
      bytes(8, [...text(1, domain), ...number(2, version)]),
    ),
    ...(parts.modelExtra ?? []),
  ])
}
