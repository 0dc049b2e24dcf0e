import { AppError } from '../../src-preload/contract/errors.ts'
import { elementCount, type NamedTensors } from './tensor.ts'

export interface OutputRange {
  minimum?: number
  maximum?: number
  /** True where all values being the same can only be a fault, such as a buffer that a lost GPU never filled. */
  varies?: boolean
}

/**
 * Takes one float32 output of a graph and refuses it unless it has the expected shape and only finite numbers in range.
 * Nothing of a refused output is shown.
 *
 * @throws AppError `inference/output-invalid`
 */
export function takeOutput(
  outputs: NamedTensors,
  name: string,
  shape: readonly number[],
  { minimum = -Infinity, maximum = Infinity, varies = false }: OutputRange = {},
): Float32Array {
  const output = outputs[name]
  if (!output || !(output.data instanceof Float32Array) || output.shape.join() !== shape.join()) {
    throw invalid(name, `shape [${output?.shape.join(', ') ?? ''}] where [${shape.join(', ')}] was expected`)
  }
  if (output.data.length !== elementCount(shape)) throw invalid(name, `${output.data.length} values`)
  const found = firstOutside(output.data, minimum, maximum)
  if (found !== undefined) {
    const isNumber = Number.isFinite(found)
    throw invalid(name, isNumber ? `a value outside ${minimum} to ${maximum}` : 'a value that is no number')
  }
  if (varies && output.data.every((value) => value === output.data[0])) throw invalid(name, 'one value throughout')
  return output.data
}

/** NaN lies in no range, and an infinity outside of every one that ends: one comparison a value finds all three. */
function firstOutside(values: Float32Array, minimum: number, maximum: number): number | undefined {
  const [least, most] = [Math.max(minimum, -Number.MAX_VALUE), Math.min(maximum, Number.MAX_VALUE)]
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!
    if (!(value >= least && value <= most)) return value
  }
  return undefined
}

function invalid(name: string, found: string): AppError {
  return new AppError(
    'inference/output-invalid',
    `The network gave an unusable result (${name}: ${found}), so nothing is shown. Try again on the CPU; if it happens there too, the model pack is at fault.`,
  )
}
