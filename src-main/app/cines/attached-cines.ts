import type { RealCine } from '../../../src-preload/contract/cmr.ts'
import type { RecordingId } from '../../../src-preload/contract/index.ts'
import { labelAcquired } from '../../screening/cine/acquired.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { addAttachment, listAttachmentsOfRecording, removeAttachment, type Attachment } from '../../registry/tables/attachments.ts' // prettier-ignore

/** What is kept beside the values of an attached cine; nothing of an identity. */
export type CineDetails = Pick<RealCine, 'facts' | 'choice' | 'preparation' | 'pixelMm' | 'beatMs' | 'identity'>

/**
 * Keeps a real cine with a recording, encrypted, in the shape of a generated one. One that was there is replaced.
 *
 * @param prepared [50, 96, 96] in [0, 1]
 * @throws AppError `registry/…`
 */
export function attachCine(
  registry: Registry,
  by: Actor,
  recordingId: RecordingId,
  prepared: Float32Array,
  details: CineDetails,
): void {
  const blob = registry.blobs.put(new Uint8Array(prepared.buffer, prepared.byteOffset, prepared.byteLength))
  registry.change(by, (change) => {
    for (const { id } of cinesOf(registry, recordingId)) removeAttachment(change, id, 'replaced by another cine')
    addAttachment(change, {
      // It follows its recording, whose patient may be chosen or corrected later.
      patientId: null,
      recordingId,
      screeningId: null,
      kind: 'real-cine',
      name: details.facts.seriesDescription ?? '',
      mediaType: 'application/octet-stream',
      details: { ...details },
      blob,
    })
  })
}

/** The values of the cine of a recording, [50, 96, 96] in [0, 1]; undefined where there is none. */
export function attachedValues(registry: Registry, recordingId: RecordingId): Float32Array | undefined {
  const attachment = cinesOf(registry, recordingId).at(-1)
  return attachment && valuesOf(registry, attachment)
}

/** The cine of a recording with its label in every frame. */
export function attachedCine(registry: Registry, recordingId: RecordingId): RealCine | null {
  const attachment = cinesOf(registry, recordingId).at(-1)
  if (!attachment) return null
  return {
    recordingId,
    ...labelAcquired(valuesOf(registry, attachment)),
    ...(attachment.details as unknown as CineDetails),
  }
}

export function detachCine(registry: Registry, by: Actor, recordingId: RecordingId): void {
  const attached = cinesOf(registry, recordingId)
  if (attached.length === 0) return
  registry.change(by, (change) => {
    for (const { id } of attached) removeAttachment(change, id, 'removed by hand')
  })
}

function cinesOf({ db }: Registry, recordingId: RecordingId): Attachment[] {
  return listAttachmentsOfRecording(db, recordingId).filter(({ kind }) => kind === 'real-cine')
}

/** A copy begins at a place that 32-bit floats may begin at. */
function valuesOf({ blobs }: Registry, { blobId }: Attachment): Float32Array {
  return new Float32Array(Uint8Array.from(blobs.get(blobId)).buffer)
}
