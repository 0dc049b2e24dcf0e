import { measureRecording } from '../../ecg/measurements/measure-recording.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** `ecg:measure` — intervals, axes and the median beat of one recording, measured when they are asked for. */
export const measurementHandlers = ({ recordings }: Services): Pick<Handlers, 'ecg:measure'> => ({
  'ecg:measure': ({ recordingId }) => {
    const { entry, waveform } = recordings.get(recordingId)
    return measureRecording(waveform, entry.window, entry.ecg.interpretation)
  },
})
