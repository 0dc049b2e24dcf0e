import type { MessagePort } from 'node:worker_threads'
import type { NamedTensors } from '../tensor.ts'
import type { GraphSession } from './onnx-runtime.ts'
import { reasonOf } from './reason.ts'

/** The first request opens the session, every other one runs it; a lane answers one before it gets the next. */
export type LaneRequest =
  { kind: 'open'; bytes: Uint8Array } | { kind: 'run'; inputs: NamedTensors; outputs: readonly string[] | undefined }

export type LaneReply = { ok: true; outputs: NamedTensors } | { ok: false; reason: string }

/**
 * What a thread of the inference process does: one session of one graph.
 *
 * @param open  creates the session from verified bytes
 */
export function serveLane(port: MessagePort, open: (bytes: Uint8Array) => Promise<GraphSession>): void {
  let session: GraphSession | undefined
  const perform = async (request: LaneRequest): Promise<NamedTensors> => {
    if (request.kind === 'run') return session!.run(request.inputs, request.outputs)
    session = await open(request.bytes)
    return {}
  }
  port.on('message', (request: LaneRequest) => {
    perform(request).then(
      (outputs) => port.postMessage({ ok: true, outputs } satisfies LaneReply),
      (error: unknown) => port.postMessage({ ok: false, reason: reasonOf(error) } satisfies LaneReply),
    )
  })
}
