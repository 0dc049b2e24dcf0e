import { shallowRef } from 'vue'
import { AppError } from './contract.ts'
import type { Api, Channel, EventName, EventPayload, Input, Output, Reply } from './contract.ts'

/** `gone` is final: nothing more can be done in this window but to start the application again. */
export const connectionState = shallowRef<'connected' | 'reconnecting' | 'gone'>('connected')

let connection: Promise<Api> | undefined

/** The desktop's preload script offers an api; in the browser the same api is reached over the loopback. */
function connect(): Promise<Api> {
  connection ??= window.api ? Promise.resolve(window.api) : connectOverLoopback()
  return connection
}

async function connectOverLoopback(): Promise<Api> {
  const { connectWebApi } = await import('../src-preload/web-api.ts')
  const api = await connectWebApi()
  api.onConnection((state) => (connectionState.value = state))
  return api
}

/**
 * Asks main and unwraps its answer.
 *
 * @throws AppError with the code and sentence of a refusal, or `host/gone` when nobody answers
 */
export async function call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  let reply: Reply<Output<C>>
  try {
    reply = await (await connect()).call(channel, input)
  } catch (cause) {
    connectionState.value = 'gone'
    throw new AppError('host/gone', 'The application behind this window has stopped. Start it again.', { cause })
  }
  if (reply.ok) return reply.value
  if (reply.error.code === 'host/gone') connectionState.value = 'gone'
  throw new AppError(reply.error.code, reply.error.message)
}

/** Listens to what main tells unasked. Returns the function that stops listening. */
export function on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  let off: (() => void) | undefined
  let stopped = false
  void connect().then(
    (api) => {
      if (!stopped) off = api.on(event, listener)
    },
    () => (connectionState.value = 'gone'),
  )
  return () => {
    stopped = true
    off?.()
  }
}

/** What a caught value says to the user. Anything but an AppError is a defect of ours. */
export function toErrorReply(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return error.toReply()
  return { code: 'app/internal', message: error instanceof Error ? error.message : String(error) }
}
