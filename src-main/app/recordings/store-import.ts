import type { Waveform } from '../../../src-preload/contract/index.ts'
import type { NamedBytes } from '../reading/open-file.ts'
import type { ReadJobResult } from '../reading/read-job.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { storeRecording, type StoreOutcome } from '../../registry/tables/recordings.ts'
import { encodePrepared, encodeWaveform, waveformSha256 } from './waveform-blob.ts'

/**
 * Puts what was read into the registry: the file's own bytes and those of its companions, the waveform and the
 * encoder's input as blobs, then the row. The same waveform from another file is linked, the same bytes change nothing.
 *
 * @throws AppError `registry/…`; nothing is stored then
 */
export function storeImport(
  registry: Registry,
  by: Actor,
  files: readonly NamedBytes[],
  read: ReadJobResult,
  patientId: string | null,
): { id: string; outcome: StoreOutcome } {
  const { summary, leads = [], prepared, refusal } = read
  const window = prepared?.window ?? null
  const waveform: Waveform = { rateHz: summary.rateHz, window, leads }
  const { blobs } = registry
  const recording = {
    patientId,
    waveformSha256: waveformSha256(waveform),
    waveform: blobs.put(encodeWaveform(waveform)),
    prepared: prepared && blobs.put(encodePrepared(prepared)),
    summary,
    window,
    refusal,
    contentSha256: read.contentSha256,
    fileName: files[0]!.name,
    files: files.map(({ name, bytes }) => ({ name, blob: blobs.put(bytes) })),
  }
  return registry.change(by, (change) => storeRecording(change, recording))
}
