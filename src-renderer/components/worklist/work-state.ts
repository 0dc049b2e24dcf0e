import type { RecordingEntry, WorkState } from '../../contract.ts'

/** The state of a recording is that of its newest screening. */
export function workStateOf(entry: RecordingEntry): WorkState {
  const [newest] = entry.screenings
  if (newest) return newest.state
  return entry.refusal ? 'refused' : 'unscreened'
}
