/** How calls, replies and events cross the browser host's WebSocket: MessagePack, with typed arrays as they are. */
import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack'
import type { Reply } from './contract/index.ts'

/** Page to host. `input` is absent where the channel takes none. */
export interface CallMessage {
  id: number
  channel: string
  input?: unknown
}

/** Host to page: the reply to the call of that id, or an event. */
export type HostMessage = { id: number; reply: Reply<unknown> } | { event: string; payload: unknown }

/** Largest message from the page: one drop of files with its names. The host closes a connection that sends more. */
export const MAX_MESSAGE_BYTES = 160 * 2 ** 20

type NumberArray = Float32Array | Float64Array | Int16Array | Int32Array | Uint16Array | Uint32Array
interface NumberArrayClass {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer): NumberArray
}

/** The position in this list is the extension type on the wire. `Uint8Array` needs none: it is MessagePack's binary. */
const numberArrays: readonly NumberArrayClass[] = [
  Float32Array,
  Float64Array,
  Int16Array,
  Int32Array,
  Uint16Array,
  Uint32Array,
]

const extensionCodec = new ExtensionCodec()
for (const [type, NumberArray] of numberArrays.entries()) {
  extensionCodec.register({
    type,
    encode: (value) => {
      if (!(value instanceof NumberArray)) return null
      const { buffer, byteOffset, byteLength } = value as NumberArray
      return new Uint8Array(buffer, byteOffset, byteLength)
    },
    // The payload lies at any offset of the message; a copy gives the alignment that the wider types demand.
    decode: (data) => new NumberArray(data.slice().buffer),
  })
}

/** Absent and `undefined` are the same on the wire, as in JSON. */
const encoder = new Encoder({ extensionCodec, ignoreUndefined: true, maxDepth: 32 })
const decoder = new Decoder({ extensionCodec })

/** @returns a copy of its own, safe to send later */
export function encodeMessage(message: CallMessage | HostMessage): Uint8Array<ArrayBuffer> {
  return encoder.encode(message)
}

/** @throws where the bytes are not one MessagePack value; the caller closes the connection */
export function decodeMessage(bytes: Uint8Array): unknown {
  return decoder.decode(bytes)
}

/** Any plain value with typed arrays, as messages carry them; also the form of stored waveforms. */
export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(value)
}

/** @throws where the bytes are not one MessagePack value */
export function decodeValue(bytes: Uint8Array): unknown {
  return decoder.decode(bytes)
}

/** Whether a decoded message is a call; what `input` holds is the dispatcher's to check. */
export function isCallMessage(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null) return false
  const { id, channel } = message as Partial<Record<keyof CallMessage, unknown>>
  return Number.isSafeInteger(id) && typeof channel === 'string' && channel.length <= 100
}
