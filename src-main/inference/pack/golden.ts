import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { GraphName } from '../../../src-preload/contract/manifest.ts'
import { philoxNormals } from '../noise/normals.ts'
import { elementCount, type NamedTensors, type Tensor } from '../tensor.ts'

const MAX_ELEMENTS = 2 ** 24

const Shape = z
  .array(z.int().min(0).max(MAX_ELEMENTS))
  .max(6)
  .refine((shape) => elementCount(shape) <= MAX_ELEMENTS, 'too many elements')
const word = z.int().min(0).max(0xffffffff)

const GoldenInput = z
  .strictObject({
    dtype: z.enum(['float32', 'int32']),
    shape: Shape,
    philox: z.strictObject({ seed: word, stream: word, scale: z.number() }).optional(),
    values: z.array(z.number()).optional(),
  })
  .refine(
    ({ philox, values, shape, dtype }) =>
      (philox ? dtype === 'float32' : values?.length === elementCount(shape)) && !(philox && values),
    'needs either philox or as many values as its shape says',
  )

const GoldenOutput = z
  .strictObject({ shape: Shape, stride: z.int().positive(), values: z.array(z.number()).min(1) })
  .refine(
    ({ shape, stride, values }) => values.length === Math.ceil(elementCount(shape) / stride),
    'needs every stride-th element',
  )

const GoldenCase = z.strictObject({
  inputs: z.record(z.string(), GoldenInput),
  outputs: z.record(z.string(), GoldenOutput).refine((outputs) => Object.keys(outputs).length > 0, 'needs an output'),
  tolerance: z.strictObject({ cpu: z.number().positive(), gpu: z.number().positive() }),
})
/** Inputs of one graph with the outputs that the pack's maker saw. */
export type GoldenCase = z.infer<typeof GoldenCase>

const Golden = z.strictObject({
  seedNote: z.string().optional(),
  graphs: z.partialRecord(GraphName, z.array(GoldenCase).min(1)),
})
export type Golden = z.infer<typeof Golden>

/** @throws AppError `pack/golden-invalid` */
export function parseGolden(bytes: Uint8Array): Golden {
  let raw: unknown
  try {
    raw = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (cause) {
    throw new AppError('pack/golden-invalid', 'golden.json of the model pack is no JSON.', { cause })
  }
  const parsed = Golden.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(
    'pack/golden-invalid',
    `golden.json of the model pack does not follow docs/model-pack.md: ${issue?.path.join('.')}: ${issue?.message}. Get a corrected pack from its maker.`,
  )
}

/** The input tensors of a case; normals are row-major. */
export function goldenInputs({ inputs }: GoldenCase): NamedTensors {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, toTensor(input)]))
}

/**
 * The largest absolute difference between a graph's outputs and those of the pack's maker; infinite where a shape
 * differs, an output is absent or a value is no number.
 */
export function largestDifference({ outputs: expected }: GoldenCase, found: NamedTensors): number {
  let largest = 0
  for (const [name, { shape, stride, values }] of Object.entries(expected)) {
    const output = found[name]
    if (!output || output.shape.join() !== shape.join()) return Infinity
    for (const [index, value] of values.entries()) {
      const difference = Math.abs(output.data[index * stride]! - value)
      if (!(difference < Infinity)) return Infinity
      largest = Math.max(largest, difference)
    }
  }
  return largest
}

function toTensor({ dtype, shape, philox, values }: z.infer<typeof GoldenInput>): Tensor {
  if (philox) {
    const { seed, stream, scale } = philox
    return { data: philoxNormals(seed, stream, elementCount(shape)).map((value) => value * scale), shape }
  }
  return { data: dtype === 'int32' ? Int32Array.from(values!) : Float32Array.from(values!), shape }
}
