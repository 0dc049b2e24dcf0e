import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Graph } from '../../../src-preload/contract/manifest.ts'
import { philoxWords } from '../../../src-main/inference/noise/philox.ts'
import { scanGraph } from '../../../src-main/inference/pack/onnx-scan.ts'
import {
  bytes,
  graphAttribute,
  model,
  node,
  number,
  tensor,
  tensorAttribute,
  text,
  valueInfo,
  varint,
  type ModelParts,
  type Value,
} from '../onnx-builder.ts'
import { REFERENCE_PACK, referenceManifest } from '../pack-builder.ts'

const input: Value = { name: 'x', dtype: 'float32', shape: ['B', 12] }
const output: Value = { name: 'y', dtype: 'float32', shape: ['B', 4] }
const expected: Graph = { file: 'a.onnx', opset: 18, portable: false, inputs: [input], outputs: [output] }
const build = (parts: ModelParts = {}): Uint8Array => model({ inputs: [input], outputs: [output], ...parts })
const external = number(14, 1)
const nested = (depth: number): number[] =>
  depth === 0 ? bytes(1, node('Identity')) : bytes(1, node('If', graphAttribute(nested(depth - 1))))

function codeOf(file: Uint8Array, graph: Graph = expected): string {
  try {
    scanGraph(file, graph)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.message).toMatch(/^a\.onnx: .+\. .+\.$/s)
    return error.code
  }
}

describe('an honest graph', () => {
  it('is accepted', () => expect(codeOf(build())).toBe('accepted'))
  it('may name the default domain', () => expect(codeOf(build({ opsets: [['ai.onnx', 18]] }))).toBe('accepted'))
  it('may hold a loop', () =>
    expect(codeOf(build({ nodes: [node('Loop', graphAttribute(nested(1)))] }))).toBe('accepted'))

  it.each(Object.entries(referenceManifest().graphs))('of the reference pack is accepted: %s', (_, graph) => {
    expect(() => scanGraph(readFileSync(join(REFERENCE_PACK, graph.file)), graph)).not.toThrow()
  })
})

const hostile: [string, Uint8Array, string][] = [
  ['weights in another file', build({ initializers: [tensor({ extra: external })] }), 'pack/external-data'],
  [
    'a path to another file, although it says that the weights are inside',
    build({ initializers: [tensor({ extra: bytes(13, [...text(1, 'location'), ...text(2, '../../etc/passwd')]) })] }),
    'pack/external-data',
  ],
  [
    'weights in another file inside a constant',
    build({ nodes: [node('Constant', tensorAttribute(tensor({ extra: external })))] }),
    'pack/external-data',
  ],
  [
    'weights in another file inside the body of a loop',
    build({ nodes: [node('Loop', graphAttribute(bytes(5, tensor({ extra: external }))))] }),
    'pack/external-data',
  ],
  ['an operator of another domain', build({ nodes: [node('Identity', text(7, 'com.evil'))] }), 'pack/operator-domain'],
  [
    'an operator of another domain inside a loop',
    build({ nodes: [node('Loop', graphAttribute(bytes(1, node('Run', text(7, 'com.evil')))))] }),
    'pack/operator-domain',
  ],
  [
    'an import of another domain that no node uses',
    build({
      opsets: [
        ['', 18],
        ['com.microsoft', 1],
      ],
    }),
    'pack/operator-domain',
  ],
  ['an operator that does not exist', build({ nodes: [node('Exec')] }), 'pack/operator-unknown'],
  ['an operator that draws random numbers', build({ nodes: [node('RandomNormal')] }), 'pack/operator-unknown'],
  ['a node without an operator', build({ nodes: [text(1, 'x')] }), 'pack/operator-unknown'],
  ['functions of its own', build({ modelExtra: bytes(25, text(1, 'Identity')) }), 'pack/operator-unknown'],
  ['opset 17', build({ opsets: [['', 17]] }), 'pack/shape-mismatch'],
  ['opset 22', build({ opsets: [['', 22]] }), 'pack/shape-mismatch'],
  ['no opset', build({ opsets: [] }), 'pack/shape-mismatch'],
  [
    'the opset twice',
    build({
      opsets: [
        ['', 18],
        ['ai.onnx', 21],
      ],
    }),
    'pack/shape-mismatch',
  ],
  ['another input name', build({ inputs: [{ ...input, name: 'z' }] }), 'pack/shape-mismatch'],
  ['another input type', build({ inputs: [{ ...input, dtype: 'int32' }] }), 'pack/shape-mismatch'],
  ['another input size', build({ inputs: [{ ...input, shape: ['B', 13] }] }), 'pack/shape-mismatch'],
  ['a fixed batch', build({ inputs: [{ ...input, shape: [1, 12] }] }), 'pack/shape-mismatch'],
  ['an input of another rank', build({ inputs: [{ ...input, shape: ['B', 12, 1] }] }), 'pack/shape-mismatch'],
  ['one input more', build({ inputs: [input, { ...input, name: 'w' }] }), 'pack/shape-mismatch'],
  ['no output', build({ outputs: [] }), 'pack/shape-mismatch'],
  ['another output size', build({ outputs: [{ ...output, shape: ['B', 5] }] }), 'pack/shape-mismatch'],
  ['an output without a type', model({ inputs: [input], graphExtra: bytes(12, text(1, 'y')) }), 'pack/shape-mismatch'],
  ['no graph', Uint8Array.from([...number(1, 10), ...bytes(8, number(2, 18))]), 'pack/graph-malformed'],
  ['IR version 3', build({ ir: 3 }), 'pack/graph-malformed'],
  ['IR version 99', build({ ir: 99 }), 'pack/graph-malformed'],
  ['no bytes at all', new Uint8Array(0), 'pack/graph-malformed'],
  ['training information', build({ modelExtra: bytes(20, []) }), 'pack/graph-malformed'],
  ['a field that no version of ONNX has', build({ modelExtra: number(99, 1) }), 'pack/graph-malformed'],
  ['a second graph', build({ modelExtra: bytes(7, []) }), 'pack/graph-malformed'],
  ['a second operator in one node', build({ nodes: [node('Identity', text(4, 'Exec'))] }), 'pack/graph-malformed'],
  ['sparse weights', build({ graphExtra: bytes(15, []) }), 'pack/graph-malformed'],
  ['quantization annotations', build({ graphExtra: bytes(14, []) }), 'pack/graph-malformed'],
  ['graphs nested six deep', build({ graphExtra: nested(6) }), 'pack/graph-malformed'],
  ['weights of strings', build({ initializers: [tensor({ dataType: 8 })] }), 'pack/graph-malformed'],
  [
    'weights of 2^60 elements in 4 bytes',
    build({ initializers: [tensor({ dims: [2n ** 60n] })] }),
    'pack/graph-malformed',
  ],
  [
    'weights of 2^20 × 2^20 elements',
    build({ initializers: [tensor({ dims: [2 ** 20, 2 ** 20] })] }),
    'pack/graph-malformed',
  ],
  ['a negative dimension', build({ initializers: [tensor({ dims: [-1n] })] }), 'pack/graph-malformed'],
  ['a hundred dimensions', build({ initializers: [tensor({ dims: Array(100).fill(1) })] }), 'pack/graph-malformed'],
  ['fewer numbers than the dimensions say', build({ initializers: [tensor({ dims: [2] })] }), 'pack/graph-malformed'],
  [
    'more numbers than the dimensions say',
    build({ initializers: [tensor({ raw: Array(8).fill(0) })] }),
    'pack/graph-malformed',
  ],
  ['numbers given twice', build({ initializers: [tensor({ extra: bytes(4, [0, 0, 0, 0]) })] }), 'pack/graph-malformed'],
  ['a length of 2^63 bytes', Uint8Array.from([...number(1, 10), 0x3a, ...varint(2n ** 63n)]), 'pack/graph-malformed'],
  ['a length one beyond the end', build().slice(0, -1), 'pack/graph-malformed'],
  ['a number of eleven bytes', Uint8Array.from([8, ...Array(11).fill(0xff)]), 'pack/graph-malformed'],
  ['a number above 64 bits', Uint8Array.from([8, ...Array(9).fill(0xff), 0x7f]), 'pack/graph-malformed'],
  ['field number 0', Uint8Array.from([0, 0]), 'pack/graph-malformed'],
  ['a group', Uint8Array.from([0x3b, 0x3c]), 'pack/graph-malformed'],
  ['the wrong wire type', Uint8Array.from([...number(1, 10), ...number(7, 1)]), 'pack/graph-malformed'],
  ['text instead of a model', Buffer.from('<!doctype html><html></html>'), 'pack/graph-malformed'],
]

describe('a hostile graph is refused', () => {
  it.each(hostile)('with %s', (_, file, code) => {
    expect(codeOf(file)).toBe(code)
  })

  it('that loops although the manifest calls it portable', () => {
    expect(codeOf(build({ nodes: [node('Loop', graphAttribute(nested(1)))] }), { ...expected, portable: true })).toBe(
      'pack/operator-unknown',
    )
  })

  it('whose opset is not the manifest’s', () => {
    expect(codeOf(build(), { ...expected, opset: 19 })).toBe('pack/shape-mismatch')
  })

  it('that lists weights among its inputs', () => {
    const file = model({
      inputs: [input],
      outputs: [output],
      graphExtra: bytes(11, valueInfo({ ...input, name: 'weights' })),
    })
    expect(codeOf(file)).toBe('pack/shape-mismatch')
  })
})

describe('whatever the bytes', () => {
  const honest = readFileSync(join(REFERENCE_PACK, 'gen-step.onnx'))
  const graph = referenceManifest().graphs['gen-step']!

  it('a truncated graph is refused at every length', () => {
    const file = build()
    for (let length = 0; length < file.length; length++) expect(codeOf(file.slice(0, length))).not.toBe('accepted')
  })

  it('a damaged graph is refused with a code, or accepted, but never throws anything else', () => {
    const file = Buffer.from(honest)
    const words = philoxWords(1, 0, 800)
    const codes = new Set<string>()
    for (let trial = 0; trial < 400; trial++) {
      // The head holds the nodes, where a changed byte means something; behind it are mostly weights.
      const position = words[2 * trial]! % 20_000
      const kept = file[position]!
      file[position] = words[2 * trial + 1]! & 0xff
      codes.add(codeOf(file, { ...graph, file: 'a.onnx' }))
      file[position] = kept
    }
    expect(codes).toContain('pack/operator-unknown')
  })

  it('bytes that mean nothing are refused', () => {
    for (let seed = 0; seed < 300; seed++) {
      const noise = new Uint8Array(philoxWords(seed, 9, 16).buffer)
      expect(codeOf(noise)).not.toBe('accepted')
    }
  })
})
