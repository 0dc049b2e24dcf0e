import { createRequire } from 'node:module'
import { Decoder as LosslessDecoder } from 'jpeg-lossless-decoder-js'
import type { DecodedFrame, ImageCodec } from '../../cmr/formats/dicom/decode-frames.ts'

/** The common shape of the WebAssembly builds of OpenJPEG and CharLS. */
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array
  decode(): void
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number }
  delete(): void
}
type WasmFactory = (options: object) => Promise<Record<string, new () => WasmDecoder>>

// Required where they are installed: each reads its WebAssembly file from beside itself. Under a name of its own, for
// bundled modules may be given a `require`.
const requireInstalled = createRequire(import.meta.url)
const silent = { print: () => undefined, printErr: () => undefined }
const modules = {
  'jpeg-2000': { path: '@cornerstonejs/codec-openjpeg/decodewasmjs', decoder: 'J2KDecoder' },
  'jpeg-ls': { path: '@cornerstonejs/codec-charls/decodewasmjs', decoder: 'JpegLSDecoder' },
} as const

type WasmCodec = keyof typeof modules
const loaded = new Map<WasmCodec, Promise<new () => WasmDecoder>>()

/**
 * Decodes one compressed frame. Only the reading child calls this: whatever a codec does with hostile bytes stays in a
 * process that is watched and thrown away.
 *
 * @throws whatever the codec throws
 */
export async function decodeImage(codec: ImageCodec, frame: Uint8Array): Promise<DecodedFrame> {
  return codec === 'jpeg-lossless' ? decodeLossless(frame) : decodeWasm(codec, frame)
}

async function decodeWasm(codec: WasmCodec, frame: Uint8Array): Promise<DecodedFrame> {
  let loading = loaded.get(codec)
  if (!loading) loaded.set(codec, (loading = load(codec)))
  const decoder = new (await loading)()
  try {
    decoder.getEncodedBuffer(frame.length).set(frame)
    decoder.decode()
    const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo()
    // A copy: the decoder's own memory is given back.
    const bytes = decoder.getDecodedBuffer().slice()
    return { rows: height, columns: width, components: componentCount, bitsPerSample, bytes }
  } finally {
    decoder.delete()
  }
}

async function load(codec: WasmCodec): Promise<new () => WasmDecoder> {
  const { path, decoder } = modules[codec]
  const found = (await (requireInstalled(path) as WasmFactory)(silent))[decoder]
  if (!found) throw new Error(`${path} has no ${decoder}`)
  return found
}

function decodeLossless(frame: Uint8Array): DecodedFrame {
  const decoder = new LosslessDecoder()
  const { buffer, byteOffset, byteLength } = frame.slice()
  const pixels = decoder.decode(buffer as ArrayBuffer, byteOffset, byteLength)
  return {
    rows: decoder.yDim,
    columns: decoder.xDim,
    components: decoder.numComp,
    bitsPerSample: decoder.precision ?? 8,
    bytes: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength),
  }
}
