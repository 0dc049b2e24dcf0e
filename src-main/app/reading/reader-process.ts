import { isMainThread, parentPort as threadPort, Worker } from 'node:worker_threads'
import { parentPort, type ParentPort } from '../parent-port.ts'
import type { FromReader, MemoryWatch, ToReader } from './messages.ts'
import { serveReader } from './serve-reader.ts'

/**
 * Entry of the reading child. As a rule it parses on its main thread while the parent watches its memory. Where the
 * parent cannot see that (outside Linux), parsing moves to a second thread and the main thread, which stays free,
 * watches and reports.
 */
if (isMainThread) {
  const port = parentPort()
  port.onMessage((raw) => {
    const message = raw as ToReader
    if (message.kind !== 'start') return
    if (message.memoryWatch) serveInThread(port, message.memoryWatch)
    else serveReader(port)
    port.post({ kind: 'ready' } satisfies FromReader)
  })
} else {
  const port = threadPort!
  serveReader({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  })
}

function serveInThread(port: ParentPort, { bytesAboveStart, pollMs }: MemoryWatch): void {
  const thread = new Worker(new URL(import.meta.url))
  thread.on('message', (message) => port.post(message))
  // An exception that leaves the thread, or its heap's end, is the crash of the child.
  thread.on('error', () => process.exit(1))
  port.onMessage((message) => thread.postMessage(message))
  const start = process.memoryUsage.rss()
  setInterval(() => {
    if (process.memoryUsage.rss() - start > bytesAboveStart) port.post({ kind: 'memory-exceeded' } satisfies FromReader)
  }, pollMs)
}
