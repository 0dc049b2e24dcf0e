import type { RecordingEntry, ShownWorkState, StoredScreening } from '../../contract.ts'

/** The state of a recording is that of its newest screening. */
export function workStateOf(entry: RecordingEntry): ShownWorkState {
  const [newest] = entry.screenings
  if (newest) return stateOfScreening(newest)
  return entry.refusal ? 'refused' : 'unscreened'
}

/** A word that was altered counts for nothing, and so does whatever was said after it. */
export const stateOfScreening = ({ state, alteredReviews }: StoredScreening): StoredScreening['state'] | 'altered' =>
  alteredReviews > 0 ? 'altered' : state
