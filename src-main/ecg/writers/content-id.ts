import { createHash } from 'node:crypto'
import type { WritableRecording } from './writer.ts'

/**
 * A UUID (version 8, RFC 9562) of a recording’s content and of what it is for: the same recording gets the same one,
 * and no clock and no chance are needed.
 */
export function contentUuid(recording: WritableRecording, purpose: string): string {
  const hash = createHash('sha256').update(purpose)
  const { rateHz, channels, patient, startTime, device } = recording
  hash.update(JSON.stringify({ rateHz, patient, startTime, device, names: channels.map(({ name }) => name) }))
  for (const { samplesMv } of channels) {
    hash.update(new Uint8Array(samplesMv.buffer, samplesMv.byteOffset, samplesMv.byteLength))
  }
  const bytes = hash.digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The same as a DICOM UID: the root 2.25 and the UUID as a whole number (PS3.5 B.2). */
export const uidOf = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`
