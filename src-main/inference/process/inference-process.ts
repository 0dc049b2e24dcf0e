import { parse } from 'node:path'
import { isMainThread, parentPort as threadPort, Worker } from 'node:worker_threads'
import { endAtOnce, parentPort } from '../../app/parent-port.ts'
import { createLanes } from './encoder-lanes.ts'
import { InferenceService } from './inference-service.ts'
import { serveLane } from './lane.ts'
import type { ToInference } from './messages.ts'
import { computingThreads, createSession, RUNTIME_VERSION, supportedProviders } from './onnx-runtime.ts'

/**
 * Entry of the inference process: the only place that owns network sessions. It is told a folder and keys, and
 * verifies and loads the pack itself, so that the bytes that were verified are the bytes that run. Its threads, which
 * share the work of a batch, start here too.
 */
if (isMainThread) {
  // Nothing relative is ever opened here; should the runtime try all the same, it must not find the user's files.
  process.chdir(parse(process.cwd()).root)
  const port = parentPort()
  const service = new InferenceService({
    post: (message) => port.post(message),
    createSession,
    createLanes: (bytes) => createLanes(() => new Worker(new URL(import.meta.url)), bytes, computingThreads()),
    supportedProviders,
    runtimeVersion: RUNTIME_VERSION,
  })
  port.onMessage((message) => {
    const request = message as ToInference
    if (request.type === 'close') endAtOnce()
    else service.receive(request)
  })
} else {
  serveLane(threadPort!, (bytes) => createSession(bytes, 'cpu', 1))
}
