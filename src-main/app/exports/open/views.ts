import type { EcgChannel } from '../../../ecg/recording.ts'
import { wfdbWriter } from '../../../ecg/writers/wfdb.ts'
import { writeNifti } from '../../../cmr/writers/nifti.ts'
import type { Attachment } from '../../../registry/tables/attachments.ts'
import type { Recording } from '../../../registry/tables/recordings.ts'
import { decodeWaveform } from '../../recordings/waveform-blob.ts'
import type { ReportSource } from '../../reports/registry-record.ts'

/** The registry that is exported: a snapshot, and what it names. */
export type ExportSource = ReportSource

export interface ViewFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A recording in PhysioNet’s WFDB, as other programs open it. Steps are 16 bits; the exact samples lie beside. */
export function waveformFiles({ blobs }: ExportSource, recording: Recording): ViewFile[] {
  const { rateHz, leads } = decodeWaveform(blobs.get(recording.waveformBlob))
  const channels: EcgChannel[] = leads.filter(({ derived }) => !derived)
  const startTime = recording.recordedAt ?? undefined
  const files = wfdbWriter.write({ rateHz, channels, startTime }, recording.id)
  return files.map(({ name, bytes }) => ({ name: `recordings/${name}`, bytes }))
}

const FRAMES = 50
const SIDE = 96
const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/gif': 'gif',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/dicom': 'dcm',
}

/** An attached file under a name that programs know; a cine in NIfTI, a generated one called so in name and header. */
export function attachmentFiles({ blobs }: ExportSource, attachment: Attachment): ViewFile[] {
  const { id, kind, mediaType, blobId, byteCount, details } = attachment
  const ending = ENDINGS[mediaType]
  if (ending)
    return [{ name: `${kind === 'report' ? 'reports' : 'attachments'}/${id}.${ending}`, bytes: blobs.get(blobId) }]
  const isCine = kind === 'real-cine' || kind === 'generated-cine'
  if (!isCine || byteCount !== 4 * FRAMES * SIDE * SIDE) return []
  const content = blobs.get(blobId)
  // A copy begins at a place that 32-bit floats may begin at.
  const values = new Float32Array(Uint8Array.from(content).buffer)
  const beatMs = details['beatMs']
  const bytes = writeNifti({
    columns: SIDE,
    rows: SIDE,
    times: FRAMES,
    values,
    stepMs: typeof beatMs === 'number' ? beatMs / FRAMES : null,
    description:
      kind === 'real-cine' ? 'Acquired cine, cropped and scaled' : 'AI-generated from ECG, not an acquired image',
  })
  return [{ name: `cines/${id}.${kind === 'real-cine' ? 'acquired' : 'ai-generated'}.nii`, bytes }]
}
