import type { GraphName } from '../../src-preload/contract/manifest.ts'

/** A dense row-major tensor; the array's class is its type. An empty shape is a scalar. */
export interface Tensor {
  data: Float32Array | Int32Array
  shape: readonly number[]
}

export type NamedTensors = Readonly<Record<string, Tensor>>

/** Runs one graph of a pack. `outputs` names those that are wanted; all of them when absent. */
export type RunGraph = (graph: GraphName, inputs: NamedTensors, outputs?: readonly string[]) => Promise<NamedTensors>

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}
