import type { LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { LeadQuality, LeadReason } from '../../../src-preload/contract/quality.ts'
import { flatLeads } from './leads.ts'

interface Wording {
  code: string
  message: (names: string) => string
}

const LIMITED: Partial<Record<LeadReason, Wording>> = {
  noise: {
    code: 'quality/noisy',
    message: (names) => `Muscle noise or mains hum in ${names}: the result is less certain. Record again if possible.`,
  },
  baseline: {
    code: 'quality/baseline-wander',
    message: (names) =>
      `The baseline of ${names} moves by more than 1 mV. Check the electrodes; the result is less certain.`,
  },
  clipped: {
    code: 'quality/clipped',
    message: (names) => `${names} reach the limit of the recorder: peaks are cut off and amplitudes too small.`,
  },
  missing: {
    code: 'quality/lead-interrupted',
    message: (names) =>
      `${names} stand still for two seconds or more, as when an electrode comes off. Record again if possible.`,
  },
}

/** In the order in which they are looked at: what holds nothing comes before what holds too much. */
const FAILED: readonly (Wording & { reason: LeadReason })[] = [
  {
    reason: 'missing',
    code: 'quality/lead-off',
    message: (names) =>
      `${names} stand still for five seconds or more: the electrode came off. Fix it and record the ECG again.`,
  },
  {
    reason: 'clipped',
    code: 'quality/clipped-away',
    message: (names) =>
      `${names} are at the limit of the recorder for half a second or more. Check the electrodes and the gain and record the ECG again.`,
  },
  {
    reason: 'noise',
    code: 'quality/noise-too-high',
    message: (names) =>
      `Muscle noise or mains hum drowns ${names}. Let the patient rest, check electrodes and mains cables and record the ECG again.`,
  },
  {
    reason: 'baseline',
    code: 'quality/baseline-unstable',
    message: (names) =>
      `The baseline of ${names} moves by more than 4 mV. Prepare the skin, renew the electrodes and record the ECG again.`,
  },
]

/** The reasons that do not forbid a screening, as marks for its result. */
export function leadMarks(leads: readonly LeadQuality[]): Warning[] {
  return (Object.entries(LIMITED) as [LeadReason, Wording][]).flatMap(([reason, { code, message }]) => {
    const names = leads.filter(({ verdict, reasons }) => verdict === 'limited' && reasons.includes(reason))
    return names.length > 0 ? [{ code, message: message(names.map(({ name }) => name).join(', ')) }] : []
  })
}

/** The refusal of leads that fail; null where none does. */
export function failedLeads(leads: readonly LeadQuality[]): AppError | null {
  const failing = leads.filter(({ verdict }) => verdict === 'fail')
  if (failing.length === 0) return null
  const with_ = (reason: LeadReason): LeadName[] =>
    failing.filter(({ reasons }) => reasons.includes(reason)).map(({ name }) => name)
  const flat = with_('flat')
  if (flat.length > 0) return flatLeads(flat)
  const { code, message, reason } = FAILED.find((each) => with_(each.reason).length > 0)!
  return new AppError(code, message(with_(reason).join(', ')))
}
