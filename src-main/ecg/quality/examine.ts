import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Interchange } from '../../../src-preload/contract/placement.ts'
import type { DeviceInterpretation } from '../../../src-preload/contract/measurements.ts'
import type { LeadQuality, SignalQuality } from '../../../src-preload/contract/quality.ts'
import { detectBeats, type DetectedBeats } from '../measurements/r-peaks.ts'
import type { EcgWaveform } from '../recording.ts'
import { bridgeGaps } from './gaps.ts'
import { failedLeads, leadMarks } from './lead-marks.ts'
import { assessLeads, requireSignal } from './leads.ts'
import { leadMoments } from './moments.ts'
import { findPacingSpikes } from './pacing.ts'
import { beatShape } from './placement/beat-shape.ts'
import { findInterchange } from './placement/find-interchange.ts'
import { ownRate, rateMarks, statedRate } from './rate.ts'
import { recordingMarks } from './recording-marks.ts'
import { saysPaced } from './statements.ts'
import { requirePlausibleUnits } from './units.ts'
import { chooseWindow, requireDuration, type ChosenWindow } from './window.ts'

/** What the device measured and said, as far as it matters here. */
export interface DeviceFindings {
  measuredHeartRateBpm?: number | undefined
  interpretation?: DeviceInterpretation | undefined
}

/** A recording with what its signal allows. */
export interface ExaminedEcg {
  quality: SignalQuality
  beats: DetectedBeats
  /** All leads with gaps of up to 40 ms bridged, in canonical order, mV. */
  bridged: Float32Array[]
  /** The device's rate where it states one, else ours; null where there is none. */
  heartRateBpm: number | null
  /** The ten seconds to screen; null where no ten seconds are usable. */
  window: ChosenWindow | null
  /** Why nothing may be screened; null where quality allows it. */
  refusal: AppError | null
  /** What limits a result without forbidding it. */
  marks: Warning[]
}

/** Which leads carry what the independent ones show. */
const LIMB_LEADS: readonly LeadName[] = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF']
const INDEPENDENT: readonly LeadName[] = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']

/**
 * Looks at a recording once: beats, the best ten seconds, each lead's quality over them, electrodes, pacing.
 *
 * @param waveform  12 leads, mV, at any rate; non-finite samples mark missing ones
 */
export function examineEcg(waveform: EcgWaveform, device: DeviceFindings = {}): ExaminedEcg {
  const { rateHz, leadsMv } = waveform
  const beats = detectBeats(waveform)
  const stored = LEAD_NAMES.map((name) => leadsMv[name])
  const moments = stored.map(leadMoments)
  const bridged = stored.map((lead) => bridgeGaps(lead, rateHz))
  const chosen = attempt(() => {
    requireDuration(waveform)
    requireSignal(waveform, moments)
    return chooseWindow(waveform, beats)
  })
  const window = chosen.value
  const isWhole = !window || (window.from === 0 && window.to === stored[0]!.length)
  const looked = isWhole ? bridged : bridged.map((lead) => lead.subarray(window.from, window.to))
  const lookedMoments = looked.map((lead, k) => (lead === stored[k] ? moments[k]! : leadMoments(lead)))
  const leads = assessLeads(looked, rateHz, lookedMoments)
  const stated = statedRate(device.measuredHeartRateBpm)
  const own = window && ownRate(beats.peaks, window, rateHz)
  const heartRateBpm = stated ?? own
  const refusal =
    chosen.refusal ??
    // A wrong unit looks like noise, or like no signal, in every lead.
    attempt(() => requirePlausibleUnits(looked, lookedMoments)).refusal ??
    failedLeads(leads) ??
    (heartRateBpm === null ? noRhythm() : null)
  const peaks = window ? beats.peaks.filter((peak) => peak >= window.from && peak < window.to).map((peak) => peak - window.from) : [] // prettier-ignore
  const independent = INDEPENDENT.map((name) => looked[LEAD_NAMES.indexOf(name)]!)
  const spikes = refusal ? null : findPacingSpikes(independent, peaks, rateHz)
  const paced = pacing(spikes !== null, saysPaced(device.interpretation?.statements ?? []))
  const marked = spikes ? withSpikes(leads, spikes.leads.map((k) => INDEPENDENT[k]!)) : leads // prettier-ignore
  // A paced beat starts in the right ventricle: its axes tell nothing of the electrodes.
  const shape = refusal || paced ? null : beatShape(independent, peaks, rateHz)
  const interchange: Interchange | null = shape && findInterchange(shape)
  const marks =
    refusal || !window
      ? []
      : [...recordingMarks({ window, beats, interchange }), ...leadMarks(leads), ...rateMarks(stated, own)]
  const limited = marks.length > 0 || paced !== null
  return {
    quality: { verdict: refusal ? 'fail' : limited ? 'limited' : 'pass', leads: marked, interchange, paced },
    beats,
    bridged,
    heartRateBpm,
    window,
    refusal,
    marks,
  }
}

const noRhythm = (): AppError =>
  new AppError(
    'quality/no-rhythm',
    'No heartbeat could be found in these leads, and the file states no heart rate. Check that the file is a 12-lead ECG and record again if necessary.',
  )

function pacing(spikes: boolean, statement: boolean): SignalQuality['paced'] {
  if (spikes) return statement ? 'both' : 'spikes'
  return statement ? 'statement' : null
}

/** A spike in I or II is one in every limb lead. */
function withSpikes(leads: readonly LeadQuality[], seen: readonly LeadName[]): LeadQuality[] {
  const limb = seen.some((name) => LIMB_LEADS.includes(name))
  return leads.map((lead) => {
    const here = LIMB_LEADS.includes(lead.name) ? limb : seen.includes(lead.name)
    if (!here) return lead
    return { ...lead, verdict: lead.verdict === 'fail' ? 'fail' : 'limited', reasons: [...lead.reasons, 'pacing'] }
  })
}

/** A refusal as data; anything that is no refusal is a defect and rises. */
function attempt<T>(run: () => T): { value: T | null; refusal: AppError | null } {
  try {
    return { value: run(), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { value: null, refusal: error }
  }
}
