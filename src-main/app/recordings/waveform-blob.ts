import { createHash } from 'node:crypto'
import type { Waveform } from '../../../src-preload/contract/index.ts'
import { decodeValue, encodeValue } from '../../../src-preload/wire.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Recording } from '../../registry/tables/recordings.ts'
import type { PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'

/** Raised when the stored shape changes; an older blob is then read by the reader of its own number. */
const FORMAT = 1

/** The leads as the window shows them, as one blob: MessagePack with float32 arrays. */
export function encodeWaveform(waveform: Waveform): Uint8Array {
  return encodeValue({ format: FORMAT, ...waveform })
}

export function decodeWaveform(bytes: Uint8Array): Waveform {
  const { rateHz, window, leads } = decodeValue(plain(bytes)) as Waveform
  return { rateHz, window, leads }
}

/** @throws AppError `registry/blob-missing`, `registry/blob-damaged` */
export function waveformOf(registry: Pick<Registry, 'blobs'>, recording: Recording): Waveform {
  return decodeWaveform(registry.blobs.get(recording.waveformBlob))
}

/** Encoder input, so that a screening long after the import is computed from the same numbers. */
export function encodePrepared(prepared: PreparedEcg): Uint8Array {
  return encodeValue({ format: FORMAT, ...prepared })
}

export function decodePrepared(bytes: Uint8Array): PreparedEcg {
  const prepared = decodeValue(plain(bytes)) as PreparedEcg & { format?: number }
  delete prepared.format
  return prepared
}

/** A Buffer is a Uint8Array whose slices MessagePack would hand on as Buffers. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The same for the same samples at the same rate, whatever file they came in. */
export function waveformSha256({ rateHz, leads }: Pick<Waveform, 'rateHz' | 'leads'>): string {
  const hash = createHash('sha256').update(`${rateHz}\n`)
  for (const { name, derived, samplesMv } of leads) {
    if (derived) continue
    hash.update(`${name} ${samplesMv.length}\n`)
    hash.update(new Uint8Array(samplesMv.buffer, samplesMv.byteOffset, samplesMv.byteLength))
  }
  return hash.digest('hex')
}

/** Of what the encoder is given: bound to the screening, so that the same input can be shown to have been used. */
export function inputSha256({ ecg, amplitude }: PreparedEcg): string {
  const hash = createHash('sha256')
  for (const values of [ecg, amplitude]) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return hash.digest('hex')
}
