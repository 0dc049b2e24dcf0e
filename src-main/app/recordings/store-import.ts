import { setImmediate as turn } from 'node:timers/promises'
import type { Waveform } from '../../../src-preload/contract/index.ts'
import type { StoredBlob } from '../../registry/blobs/blob-store.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { storeRecording, type NewRecording, type StoreOutcome } from '../../registry/tables/recordings.ts'
import type { NamedBytes } from '../reading/open-file.ts'
import type { ReadJobResult } from '../reading/read-job.ts'
import { encodePrepared, encodeWaveform, waveformSha256 } from './waveform-blob.ts'

/**
 * Puts what was read into the registry: the file's own bytes and those of its companions, the waveform and the
 * encoder's input as blobs, then the row. The same waveform from another file is linked, the same bytes change nothing.
 *
 * @throws AppError `registry/…`; nothing is stored then
 */
export async function storeImport(
  registry: Registry,
  by: Actor,
  files: readonly NamedBytes[],
  read: ReadJobResult,
  patientId: string | null,
): Promise<{ id: string; outcome: StoreOutcome }> {
  const recording = await putBlobs(registry, files, read)
  return registry.change(by, (change) => storeRecording(change, { ...recording, patientId }))
}

/**
 * Everything of a recording that lies outside the database, on the disk before the row that names it. Each blob waits
 * for the disk, so whatever else this process has to do goes in between.
 *
 * @throws AppError `registry/…`
 */
export async function putBlobs(
  { blobs }: Registry,
  files: readonly NamedBytes[],
  read: ReadJobResult,
): Promise<Omit<NewRecording, 'patientId'>> {
  const { summary, leads = [], prepared, refusal, contentSha256 } = read
  const put = async (bytes: Uint8Array): Promise<StoredBlob> => {
    await turn()
    return blobs.put(bytes)
  }
  const window = prepared?.window ?? null
  const waveform: Waveform = { rateHz: summary.rateHz, window, leads }
  const stored: { name: string; blob: StoredBlob }[] = []
  for (const { name, bytes } of files) stored.push({ name, blob: await put(bytes) })
  return {
    waveformSha256: waveformSha256(waveform),
    waveform: await put(encodeWaveform(waveform)),
    prepared: prepared && (await put(encodePrepared(prepared))),
    summary,
    window,
    refusal,
    contentSha256,
    fileName: files[0]!.name,
    files: stored,
  }
}
