import { z } from 'zod'
import { LEAD_NAMES } from './constants.ts'
import { DeviceInterpretation } from './measurements.ts'
import { SignalQuality } from './quality.ts'
import { Answered } from './reading.ts'

export { LEAD_NAMES }
export const LeadName = z.enum(LEAD_NAMES)
export type LeadName = z.infer<typeof LeadName>

/** A remark that does not stop the reading, e.g. `ecg/lead-missing`, `wfdb/checksum`. */
export const Warning = z.strictObject({ code: z.string(), message: z.string() })
export type Warning = z.infer<typeof Warning>

/** What the file says about the patient; every field as the file has it. */
export const FilePatient = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  sex: z.enum(['female', 'male', 'other', 'unknown']).optional(),
  /** ISO date, YYYY-MM-DD. */
  birthDate: z.string().optional(),
  ageYears: z.number().optional(),
})
export type FilePatient = z.infer<typeof FilePatient>

/** The description of one recording, as `cardionets read` prints it (without file and hash). */
export const EcgSummary = z.strictObject({
  format: z.string(),
  rateHz: z.number().positive(),
  sampleCount: z.int().min(0),
  durationS: z.number().min(0),
  /** Where millivolts came from, as a sentence. */
  units: z.string(),
  /** Where rate and lead order came from, as sentences. */
  rateSource: z.string(),
  leadSource: z.string(),
  /** What of the three the user answered in the file's stead. */
  answered: z.array(Answered),
  /** Channel names in file order; standard leads in canonical spelling, derived ones appended. */
  leads: z.array(z.string()),
  derivedLeads: z.array(LeadName),
  device: z.string().optional(),
  patient: FilePatient.optional(),
  /** Local time of the recording as the file has it, ISO without zone unless the file gives one. */
  startTime: z.string().optional(),
  /** From our own R-peak detector; null where no rhythm is measurable. */
  heartRateBpm: z.number().nullable(),
  /** What the device measured and said of the ECG, where the file carries it. */
  interpretation: DeviceInterpretation.optional(),
  /** Absent where not all twelve leads are there. */
  quality: SignalQuality.optional(),
  warnings: z.array(Warning),
})
export type EcgSummary = z.infer<typeof EcgSummary>

/** The ten seconds that a screening uses, in seconds from the start of the recording. */
export const ScreenedWindow = z.strictObject({ startS: z.number().min(0), durationS: z.number().positive() })
export type ScreenedWindow = z.infer<typeof ScreenedWindow>
