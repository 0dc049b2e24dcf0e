import { z } from 'zod'
import { LEAD_NAMES } from './constants.ts'
import { INTERCHANGES } from './placement.ts'

/** Fail: no screening. Limited: a screening that carries the reason as a mark. */
export const Verdict = z.enum(['pass', 'limited', 'fail'])
export type Verdict = z.infer<typeof Verdict>

export const LeadReason = z.enum([
  /** No signal at all. */
  'flat',
  /** Cut off at the recorder's limits. */
  'clipped',
  /** Muscle noise or mains hum. */
  'noise',
  /** A baseline that wanders or jumps. */
  'baseline',
  /** Samples are missing, or the lead stands still as when an electrode comes off. */
  'missing',
  /** Pacemaker spikes. */
  'pacing',
])
export type LeadReason = z.infer<typeof LeadReason>

export const LeadQuality = z.strictObject({
  name: z.enum(LEAD_NAMES),
  verdict: Verdict,
  reasons: z.array(LeadReason),
})
export type LeadQuality = z.infer<typeof LeadQuality>

/** The signal quality of a recording with all twelve leads. */
export const SignalQuality = z.strictObject({
  /** The worst of leads and recording. */
  verdict: Verdict,
  /** Over the best ten seconds; over the whole recording where no ten seconds are usable. */
  leads: z.array(LeadQuality).length(12),
  /** Which electrodes seem to be interchanged; null where none do. The record is never changed for it. */
  interchange: z.enum(INTERCHANGES).nullable(),
  /** How it is known that the rhythm is paced; null where nothing says so. */
  paced: z.enum(['spikes', 'statement', 'both']).nullable(),
})
export type SignalQuality = z.infer<typeof SignalQuality>
