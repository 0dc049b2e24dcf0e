/** A reading child that does what a file's text says, and else reads as the real one: for tests of the watchdog. */
import { parentPort, type ParentPort } from '../../../src-main/app/parent-port.ts'
import type { ToReader } from '../../../src-main/app/reading/messages.ts'
import { serveReader } from '../../../src-main/app/reading/serve-reader.ts'

const kept: Uint8Array[] = []

const deeds: Record<string, (port: ParentPort, id: number) => void> = {
  loop: () => {
    for (;;) Math.random()
  },
  allocate: () => {
    for (;;) kept.push(new Uint8Array(2 ** 20).fill(1))
  },
  exit: () => process.exit(3),
  throw: () => {
    throw new TypeError('a defect')
  },
  'talk nonsense': (port) => port.post({ kind: 'done', reply: 'all well' }),
  'report a crash': (port, id) =>
    port.post({ kind: 'done', id, reply: { ok: false, error: { code: 'format/parser-crashed', message: 'here' } } }),
  'be silent': () => undefined,
}

function serve(port: ParentPort): void {
  serveReader({
    post: (message) => port.post(message),
    onMessage: (listener) =>
      port.onMessage((raw) => {
        const message = raw as ToReader
        const deed = message.kind === 'run' && deeds[Buffer.from(message.main.bytes).toString()]
        if (deed) deed(port, message.id)
        else listener(raw)
      }),
  })
}

const port = parentPort()
port.onMessage((raw) => {
  if ((raw as ToReader).kind !== 'start') return
  serve(port)
  port.post({ kind: 'ready' })
})
