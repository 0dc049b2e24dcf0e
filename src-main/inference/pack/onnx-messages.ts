import { malformed, readFields, WIRE, type Field } from './protobuf.ts'

/**
 * The fields of ONNX's messages that we let pass (onnx/onnx.proto, IR version 4 to 13). A field that is not listed is
 * refused: what we do not know, we cannot have checked, and onnxruntime may know it.
 */
type Rule = 'text' | 'bytes' | 'varint' | 'varints' | 'floats' | 'doubles' | 'fixed32' | 'message'

interface FieldRule {
  rule: Rule
  repeated?: boolean
}

export type MessageShape = Readonly<Record<number, FieldRule>>

const text: FieldRule = { rule: 'text' }
const texts: FieldRule = { rule: 'text', repeated: true }
const varint: FieldRule = { rule: 'varint' }
const varints: FieldRule = { rule: 'varints', repeated: true }
const message: FieldRule = { rule: 'message' }
const messages: FieldRule = { rule: 'message', repeated: true }

// prettier-ignore
export const MODEL = {
  fields: {
    1: varint, 2: text, 3: text, 4: text, 5: varint, 6: text, 7: message, 8: messages, 14: messages, 20: messages,
    25: messages,
  } satisfies MessageShape,
  irVersion: 1, graph: 7, opsetImport: 8, trainingInfo: 20, functions: 25,
}

export const OPSET = { fields: { 1: text, 2: varint } satisfies MessageShape, domain: 1, version: 2 }

// prettier-ignore
export const GRAPH = {
  fields: {
    1: messages, 2: text, 5: messages, 10: text, 11: messages, 12: messages, 13: messages, 14: messages, 15: messages,
    16: messages,
  } satisfies MessageShape,
  node: 1, initializer: 5, input: 11, output: 12, quantization: 14, sparseInitializer: 15,
}

// prettier-ignore
export const NODE = {
  fields: { 1: texts, 2: texts, 3: text, 4: text, 5: messages, 6: text, 7: text, 9: messages } satisfies MessageShape,
  opType: 4, attribute: 5, domain: 7,
}

// prettier-ignore
export const ATTRIBUTE = {
  fields: {
    1: text, 2: { rule: 'fixed32' }, 3: varint, 4: { rule: 'bytes' }, 5: message, 6: message,
    7: { rule: 'floats', repeated: true }, 8: varints, 9: { rule: 'bytes', repeated: true }, 10: messages, 11: messages,
    13: text, 20: varint,
  } satisfies MessageShape,
  tensor: 5, graph: 6, tensors: 10, graphs: 11,
}

// prettier-ignore
export const TENSOR = {
  fields: {
    1: varints, 2: varint, 4: { rule: 'floats', repeated: true }, 5: varints, 7: varints, 8: text, 9: { rule: 'bytes' },
    10: { rule: 'doubles', repeated: true }, 11: varints, 12: text, 13: messages, 14: varint, 16: messages,
  } satisfies MessageShape,
  dims: 1, dataType: 2, floats: 4, int32s: 5, int64s: 7, name: 8, raw: 9, doubles: 10, uint64s: 11, external: 13,
  location: 14,
}

export const VALUE_INFO = {
  fields: { 1: text, 2: message, 3: text, 4: messages } satisfies MessageShape,
  name: 1,
  type: 2,
}
export const TYPE = { fields: { 1: message, 6: text } satisfies MessageShape, tensor: 1 }
export const TENSOR_TYPE = { fields: { 1: varint, 2: message } satisfies MessageShape, elementType: 1, shape: 2 }
export const SHAPE = { fields: { 1: messages } satisfies MessageShape, dimension: 1 }
export const DIMENSION = { fields: { 1: varint, 2: text, 3: text } satisfies MessageShape, value: 1 }

/** The fields of one checked message, by number. */
export class Message {
  readonly #fields: Map<number, Field[]>

  constructor(fields: Map<number, Field[]>) {
    this.#fields = fields
  }

  all(number: number): readonly Field[] {
    return this.#fields.get(number) ?? []
  }

  one(number: number): Field | undefined {
    return this.all(number)[0]
  }

  text(number: number): string {
    const field = this.one(number)
    return field ? Buffer.from(field.bytes).toString('utf8') : ''
  }
}

/**
 * Reads one message of a known shape.
 *
 * A second occurrence of a single field is refused: protobuf would merge or replace, and two readers could then see two
 * different models in the same bytes.
 *
 * @throws AppError `pack/graph-malformed`
 */
export function readMessage(bytes: Uint8Array, shape: MessageShape): Message {
  const fields = new Map<number, Field[]>()
  for (const field of readFields(bytes)) {
    const rule = shape[field.number]
    if (!rule || !fits(field.wire, rule)) throw malformed(`field ${field.number} of wire type ${field.wire}`)
    const seen = fields.get(field.number)
    if (!seen) fields.set(field.number, [field])
    else if (rule.repeated) seen.push(field)
    else throw malformed(`field ${field.number} twice`)
  }
  return new Message(fields)
}

function fits(wire: number, { rule }: FieldRule): boolean {
  switch (rule) {
    case 'text':
    case 'bytes':
    case 'message':
      return wire === WIRE.bytes
    case 'varint':
      return wire === WIRE.varint
    case 'fixed32':
      return wire === WIRE.fixed32
    // Repeated numbers come packed into one field or one by one.
    case 'varints':
      return wire === WIRE.bytes || wire === WIRE.varint
    case 'floats':
      return wire === WIRE.bytes || wire === WIRE.fixed32
    case 'doubles':
      return wire === WIRE.bytes || wire === WIRE.fixed64
  }
}
