import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { EcgRecording } from '../recording.ts'
import { heartRateBpm } from './heart-rate.ts'
import { detectBeatsInLeads } from './r-peaks.ts'

/** More channels of an unnamed kind than this are no ECG by the look of them, and cost time. */
const MOST_UNNAMED_CHANNELS = 16

/**
 * Heart rate of a recording with any channels, for its description: from the standard leads, else, where none is named
 * so, from all channels.
 *
 * @returns beats per minute; null where no rhythm is measurable
 */
export function recordingHeartRateBpm({ channels, rateHz }: EcgRecording): number | null {
  const standard = channels.filter(({ name }) => (LEAD_NAMES as readonly string[]).includes(name))
  const leads = standard.length > 0 ? standard : channels.slice(0, MOST_UNNAMED_CHANNELS)
  const { peaks } = detectBeatsInLeads(
    leads.map(({ samplesMv }) => samplesMv),
    rateHz,
  )
  return heartRateBpm(peaks, rateHz)
}
