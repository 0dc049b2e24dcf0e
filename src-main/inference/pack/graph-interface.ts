import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Graph, GraphName, ModelManifest } from '../../../src-preload/contract/manifest.ts'

/** Numbers are fixed dimensions; `*` is a dynamic axis; `width` any fixed number of the pack's choice. */
type Dimension = number | '*' | 'width'
type Tensors = Readonly<Record<string, readonly Dimension[]>>

interface Interface {
  inputs: Tensors
  outputs: Tensors
}

const ECG_INPUTS: Tensors = { ecg: ['*', 12, 2250], amplitude: ['*', 12] }
const INT32_INPUTS: readonly string[] = ['ids_vis', 'ids_pred']

/**
 * Checks that the manifest declares the graphs, names and shapes that this application feeds and reads: the table of
 * docs/model-pack.md.
 *
 * @throws AppError `pack/shape-mismatch`, `pack/manifest-invalid` where a graph is absent
 */
export function checkGraphInterfaces(manifest: ModelManifest): void {
  const needed: GraphName[] = ['encoder-task', 'encoder-aligned', 'gen-step', 'vae-decoder']
  for (const sampler of manifest.generator.samplers) needed.push(`denoise-${sampler}`)
  for (const name of needed) {
    if (!manifest.graphs[name]) {
      throw new AppError('pack/manifest-invalid', `The model pack lacks the graph ${name}. Get a complete pack.`)
    }
  }
  const interfaces = expectedInterfaces(manifest)
  for (const [name, graph] of Object.entries(manifest.graphs) as [GraphName, Graph][]) {
    compare(name, 'input', graph.inputs, interfaces[name].inputs)
    compare(name, 'output', graph.outputs, interfaces[name].outputs)
  }
  const conditionWidth = manifest.graphs['gen-step']!.outputs[0]!.shape[2]
  for (const sampler of manifest.generator.samplers) {
    const width = manifest.graphs[`denoise-${sampler}`]!.inputs.find(({ name }) => name === 'z')!.shape[1]
    if (width !== conditionWidth) {
      throw mismatch(`denoise-${sampler}`, `z of width ${width} where gen-step gives ${conditionWidth}`)
    }
  }
}

function expectedInterfaces({ generator }: ModelManifest): Record<GraphName, Interface> {
  const { tokens, tokenDimensions, featureWidth } = generator
  const denoise: Interface = {
    inputs: { z: ['*', 'width'], x_T: ['*', tokenDimensions], noise: ['*', '*', tokenDimensions], tau: [] },
    outputs: { y: ['*', tokenDimensions] },
  }
  return {
    'encoder-task': {
      inputs: ECG_INPUTS,
      outputs: { feat: ['*', featureWidth], pheno: ['*', 82], dis: ['*', 4], sub: ['*', 3], distance: ['*'] },
    },
    'encoder-aligned': {
      inputs: ECG_INPUTS,
      outputs: { feat: ['*', featureWidth], tokens: ['*', 12, 30, featureWidth], proj: ['*', 256] },
    },
    'gen-step': {
      inputs: {
        tok: ['*', tokens, tokenDimensions],
        ids_vis: ['*', '*'],
        ids_pred: ['*', '*'],
        feat: ['*', featureWidth],
      },
      outputs: { z: ['*', '*', 'width'] },
    },
    'denoise-ddim25': denoise,
    'denoise-ddim25-portable': denoise,
    'denoise-ddpm100': denoise,
    'vae-decoder': { inputs: { tok: ['*', tokens, tokenDimensions] }, outputs: { cine: ['*', 50, 96, 96] } },
    'cmr-encoder': {
      inputs: { cine: ['*', 50, 96, 96] },
      outputs: { feat: ['*', 'width'], tokens: ['*', 144, 'width'], tok_proj: ['*', 144, 256], proj: ['*', 256] },
    },
  }
}

function compare(graph: GraphName, kind: 'input' | 'output', found: Graph['inputs'], expected: Tensors): void {
  const names = found.map(({ name }) => name)
  if (names.toSorted().join() !== Object.keys(expected).toSorted().join()) {
    throw mismatch(graph, `the ${kind}s ${names.join(', ')} where ${Object.keys(expected).join(', ')} are needed`)
  }
  for (const { name, dtype, shape } of found) {
    const wanted = expected[name]!
    const wantedType = INT32_INPUTS.includes(name) ? 'int32' : 'float32'
    const fits =
      dtype === wantedType &&
      shape.length === wanted.length &&
      wanted.every((dimension, axis) => {
        if (dimension === '*') return typeof shape[axis] === 'string'
        return dimension === 'width' ? typeof shape[axis] === 'number' : shape[axis] === dimension
      })
    if (!fits) {
      throw mismatch(
        graph,
        `${kind} ${name} as ${dtype} [${shape.join(', ')}] where ${wantedType} [${wanted.join(', ')}] is needed`,
      )
    }
  }
}

function mismatch(graph: GraphName, found: string): AppError {
  return new AppError(
    'pack/shape-mismatch',
    `The graph ${graph} does not fit this application: ${found}. Get a pack that was made for it.`,
  )
}
