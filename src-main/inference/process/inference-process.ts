import { parse } from 'node:path'
import { parentPort } from '../../app/parent-port.ts'
import { InferenceService } from './inference-service.ts'
import type { ToInference } from './messages.ts'
import { createSession, RUNTIME_VERSION, supportedProviders } from './onnx-runtime.ts'

/**
 * Entry of the inference process: the only place that owns network sessions. It is told a folder and keys, and
 * verifies and loads the pack itself, so that the bytes that were verified are the bytes that run.
 */

// Nothing relative is ever opened here; should the runtime try all the same, it must not find the user's files.
process.chdir(parse(process.cwd()).root)

const port = parentPort()
const service = new InferenceService({
  post: (message) => port.post(message),
  createSession,
  supportedProviders,
  runtimeVersion: RUNTIME_VERSION,
})
port.onMessage((message) => {
  const request = message as ToInference
  if (request.type === 'close') process.exit(0)
  service.receive(request)
})
