import type { Handlers } from '../dispatch.ts'
import { screenRecording } from '../screen-recording.ts'
import type { Services } from '../services.ts'

/** `screening:*` — one recording through the task encoder. */
export function screeningHandlers(services: Services): Pick<Handlers, 'screening:run'> {
  return {
    async 'screening:run'({ recordingId }) {
      const recording = services.recordings.get(recordingId)
      const result = await screenRecording(services, recording)
      recording.entry = { ...recording.entry, screening: result }
      return result
    },
  }
}
