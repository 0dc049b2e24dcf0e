import type { Emit, Handlers } from '../dispatch.ts'
import { importDrop } from '../import-drop.ts'
import type { Services } from '../services.ts'

/** `ecg:*` — files in, recordings of this session. */
export function ecgHandlers(
  services: Services,
  emit: Emit,
): Pick<Handlers, 'ecg:import-files' | 'ecg:list-recordings' | 'ecg:read-waveform' | 'ecg:forget-recording'> {
  const { recordings } = services
  return {
    'ecg:import-files': ({ files, answers }) =>
      importDrop(services, files, answers, (done, of) => emit('import:progress', { done, of })),
    'ecg:list-recordings': () => recordings.entries(),
    'ecg:read-waveform': ({ recordingId }) => recordings.get(recordingId).waveform,
    'ecg:forget-recording': ({ recordingId }) => recordings.forget(recordingId),
  }
}
