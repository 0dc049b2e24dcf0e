import { measureRecording } from '../../ecg/measurements/measure-recording.ts'
import { getRecording } from '../../registry/tables/recordings.ts'
import type { Handlers } from '../dispatch.ts'
import { waveformOf } from '../recordings/waveform-blob.ts'
import type { Services } from '../services.ts'

/** `ecg:measure` — intervals, axes and the median beat of one recording, measured when they are asked for. */
export const measurementHandlers = ({ access }: Services): Pick<Handlers, 'ecg:measure'> => ({
  'ecg:measure': ({ recordingId }) => {
    const registry = access.registry()
    const recording = getRecording(registry.db, recordingId)
    return measureRecording(waveformOf(registry, recording), recording.window, recording.summary.interpretation)
  },
})
