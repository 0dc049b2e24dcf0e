import { waveformOf } from '../recordings/waveform-blob.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { importDrop } from '../import-drop.ts'
import type { Services } from '../services.ts'

/** `ecg:*` — files in, waveforms out. */
export function ecgHandlers(services: Services, emit: Emit): Pick<Handlers, 'ecg:import-files' | 'ecg:read-waveform'> {
  return {
    'ecg:import-files': ({ files, answers }) =>
      importDrop(services, files, answers, (done, of) => emit('import:progress', { done, of })),
    'ecg:read-waveform'({ recordingId }) {
      const registry = services.access.registry()
      return waveformOf(registry, getRecording(registry.db, recordingId))
    },
  }
}
