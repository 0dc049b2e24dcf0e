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
  for (const value of output.data) {
    if (!Number.isFinite(value)) throw invalid(name, 'a value that is no number')
    if (value < minimum || value > maximum) throw invalid(name, `a value outside ${minimum} to ${maximum}`)
  }
  if (varies && output.data.every((value) => value === output.data[0])) throw invalid(name, 'one value throughout')
  return output.data
}

function invalid(name: string, found: string): AppError {
  return new AppError(
    'inference/output-invalid',
    `The network gave an unusable result (${name}: ${found}), so nothing is shown. Try again on the CPU; if it happens there too, the model pack is at fault.`,
  )
}
