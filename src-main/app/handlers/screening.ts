import type { Handlers } from '../dispatch.ts'
import { readEntry } from '../recordings/recording-entry.ts'
import { screenRecording } from '../screen-recording.ts'
import type { Services } from '../services.ts'

/** `screening:*` — one recording through the task encoder; the result is added to the registry. */
export function screeningHandlers(services: Services): Pick<Handlers, 'screening:run'> {
  return {
    async 'screening:run'({ recordingId }) {
      // What was asked for before a lock is finished behind it.
      const { registry, release } = services.access.holdOpen()
      try {
        await screenRecording(services, registry, services.access.actor(), recordingId)
        return readEntry(registry.db, recordingId)
      } finally {
        release()
      }
    },
  }
}
