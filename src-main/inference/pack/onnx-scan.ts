import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Graph } from '../../../src-preload/contract/manifest.ts'
import { ATTRIBUTE, GRAPH, MODEL, NODE, OPSET, readMessage, type Message } from './onnx-messages.ts'
import { ALLOWED_OPERATORS, NOT_PORTABLE_OPERATORS } from './onnx-operators.ts'
import { checkSignature } from './onnx-signature.ts'
import { checkTensor } from './onnx-tensor.ts'
import { malformed } from './protobuf.ts'

const MAX_NODES = 200_000
const MAX_DEPTH = 4
const DEFAULT_DOMAINS: readonly string[] = ['', 'ai.onnx']

interface Walk {
  nodes: number
  portable: boolean
}

/**
 * Reads a graph's bytes before onnxruntime does, and refuses what a pack must not hold: weights outside the file,
 * operators of other domains or outside the allow-list, functions, another opset or other inputs and outputs than the
 * signed manifest says, lengths that lie.
 *
 * @throws AppError `pack/graph-malformed`, `pack/external-data`, `pack/operator-domain`, `pack/operator-unknown`,
 *   `pack/shape-mismatch`; the sentence names the file
 * @see onnx/onnx.proto; docs/ExternalDataSecurity.md of onnx/onnx on what happens without such a check
 */
export function scanGraph(bytes: Uint8Array, expected: Graph): void {
  try {
    scanModel(bytes, expected)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, `${expected.file}: ${error.message}`, { cause: error })
  }
}

function scanModel(bytes: Uint8Array, expected: Graph): void {
  const model = readMessage(bytes, MODEL.fields)
  const irVersion = Number(model.one(MODEL.irVersion)?.value ?? 0n)
  if (irVersion < 4 || irVersion > 13) throw malformed(`ONNX IR version ${irVersion} where 4 to 13 are known`)
  if (model.all(MODEL.trainingInfo).length > 0) throw malformed('training information')
  if (model.all(MODEL.functions).length > 0) {
    throw new AppError(
      'pack/operator-unknown',
      'The graph defines functions of its own. Export it with functions inlined.',
    )
  }
  checkOpset(model, expected.opset)
  const field = model.one(MODEL.graph)
  if (!field) throw malformed('no graph')
  const graph = scanGraphMessage(field.bytes, { nodes: 0, portable: expected.portable }, 1)
  checkSignature(graph, expected)
}

function checkOpset(model: Message, expected: number): void {
  const versions: number[] = []
  for (const { bytes } of model.all(MODEL.opsetImport)) {
    const opset = readMessage(bytes, OPSET.fields)
    checkDomain(opset.text(OPSET.domain))
    versions.push(Number(opset.one(OPSET.version)?.value ?? 0n))
  }
  if (versions.length !== 1 || versions[0] !== expected) {
    throw new AppError(
      'pack/shape-mismatch',
      `The graph is of opset ${versions.join(' and ') || 'none'}, the manifest says ${expected}. Get the pack again from its maker.`,
    )
  }
}

function scanGraphMessage(bytes: Uint8Array, walk: Walk, depth: number): Message {
  if (depth > MAX_DEPTH) throw malformed(`graphs nested more than ${MAX_DEPTH} deep`)
  const graph = readMessage(bytes, GRAPH.fields)
  if (graph.all(GRAPH.sparseInitializer).length > 0) throw malformed('sparse weights')
  if (graph.all(GRAPH.quantization).length > 0) throw malformed('quantization annotations')
  for (const initializer of graph.all(GRAPH.initializer)) checkTensor(initializer.bytes)
  for (const node of graph.all(GRAPH.node)) scanNode(node.bytes, walk, depth)
  return graph
}

function scanNode(bytes: Uint8Array, walk: Walk, depth: number): void {
  walk.nodes += 1
  if (walk.nodes > MAX_NODES) throw malformed(`more than ${MAX_NODES} nodes`)
  const node = readMessage(bytes, NODE.fields)
  checkDomain(node.text(NODE.domain))
  const operator = node.text(NODE.opType)
  if (!ALLOWED_OPERATORS.has(operator)) {
    throw new AppError(
      'pack/operator-unknown',
      `The operator "${operator.slice(0, 80)}" is not among those that a pack may use. Export the graph without it.`,
    )
  }
  if (walk.portable && NOT_PORTABLE_OPERATORS.has(operator)) {
    throw new AppError(
      'pack/operator-unknown',
      `The operator "${operator}" cannot run on every GPU, but the manifest marks the graph as portable. Unroll the loop or mark the graph as not portable.`,
    )
  }
  for (const attribute of node.all(NODE.attribute)) {
    const fields = readMessage(attribute.bytes, ATTRIBUTE.fields)
    for (const tensor of [...fields.all(ATTRIBUTE.tensor), ...fields.all(ATTRIBUTE.tensors)]) checkTensor(tensor.bytes)
    for (const graph of [...fields.all(ATTRIBUTE.graph), ...fields.all(ATTRIBUTE.graphs)]) {
      scanGraphMessage(graph.bytes, walk, depth + 1)
    }
  }
}

function checkDomain(domain: string): void {
  if (DEFAULT_DOMAINS.includes(domain)) return
  throw new AppError(
    'pack/operator-domain',
    `The graph uses operators of the domain "${domain.slice(0, 80)}"; only the default ONNX domain is allowed. Export it without custom operators.`,
  )
}
