import { randomUUID } from 'node:crypto'
import { AppError, type RecordingEntry, type RecordingId, type Waveform } from '../../src-preload/contract/index.ts'
import type { PreparedEcg } from '../ecg/preprocessing/prepare-screening.ts'

/** One imported recording as this session holds it: in memory only, until the registry keeps patients. */
export interface SessionRecording {
  entry: RecordingEntry
  /** Of the file and its companions: tells whether the same recording is here already. */
  contentSha256: string
  waveform: Waveform
  /** Encoder input; null where the recording was refused for screening. */
  prepared: PreparedEcg | null
}

/** A guard against a whole archive dropped at once: about 250 kB a recording. */
const MAX_RECORDINGS = 2000

/** The recordings of this session by id, newest last. */
export class SessionRecordings {
  readonly #byId = new Map<RecordingId, SessionRecording>()

  add(recording: (id: RecordingId) => SessionRecording): SessionRecording {
    if (this.#byId.size >= MAX_RECORDINGS) {
      throw new AppError(
        'import/session-full',
        `This session holds ${MAX_RECORDINGS} recordings. Remove some before you import more.`,
      )
    }
    const added = recording(randomUUID() as RecordingId)
    this.#byId.set(added.entry.id, added)
    return added
  }

  /** @throws AppError `ecg/unknown-recording` */
  get(id: RecordingId): SessionRecording {
    const found = this.#byId.get(id)
    if (!found)
      throw new AppError('ecg/unknown-recording', 'This recording is no longer in the session. Import the file again.')
    return found
  }

  /** The recording of the same bytes, so that one file dropped twice is shown once. */
  findByContent(contentSha256: string): SessionRecording | undefined {
    for (const recording of this.#byId.values()) if (recording.contentSha256 === contentSha256) return recording
    return undefined
  }

  forget(id: RecordingId): void {
    this.#byId.delete(id)
  }

  entries(): RecordingEntry[] {
    return [...this.#byId.values()].map((recording) => recording.entry)
  }
}
