/** `report:*`: what a recording and its screening leave the registry as: report, table, pictures. */
import { z } from 'zod'
import { bytes } from './bytes.ts'
import { EXPORT_KINDS, REPORT_LANGUAGES, REPORT_PAPERS } from './constants.ts'
import { CineId, RecordingId, ScreeningId } from './ids.ts'

/** How a report is laid out, and which of its pages there are; the clinician's page always is. */
export const ReportChoices = z.strictObject({
  language: z.enum(REPORT_LANGUAGES),
  paper: z.enum(REPORT_PAPERS),
  technicalPage: z.boolean(),
  patientPage: z.boolean(),
})
export type ReportChoices = z.infer<typeof ReportChoices>

const subject = {
  recordingId: RecordingId,
  /** Null for a recording that has none: the report then shows the ECG, and why nothing more is said. */
  screeningId: ScreeningId.nullable(),
}

export const ReportRequest = z.strictObject({
  ...subject,
  choices: ReportChoices,
  /** A cine of this session whose stills the report shows; null for none. */
  cineId: CineId.nullable(),
})
export type ReportRequest = z.infer<typeof ReportRequest>

export const MadeReport = z.strictObject({
  /** Without anything of the patient. */
  fileName: z.string(),
  pdf: bytes(64 * 2 ** 20),
  sha256: z.string(),
  state: z.enum(['draft', 'reviewed', 'signed', 'amended']),
  /** It lies in the registry: the same bytes come again as long as nothing further is said of the screening. */
  kept: z.boolean(),
})
export type MadeReport = z.infer<typeof MadeReport>

const NamedFile = z.strictObject({ fileName: z.string(), content: bytes(128 * 2 ** 20) })

export const reportContract = {
  /** A signed report is made once and kept. */
  'report:make': { input: ReportRequest, output: MadeReport },
  /** All values of one screening, as a table for spreadsheets or as JSON; an entry of the trail. */
  'report:export-findings': {
    input: z.strictObject({ ...subject, screeningId: ScreeningId, format: z.enum(['csv', 'json']) }),
    output: NamedFile,
  },
  /** A generated cine with its mark: all of it as an animated image, or one frame; an entry of the trail. */
  'report:export-cine': {
    input: z.strictObject({
      cineId: CineId,
      /** Null for the whole beat. */
      frame: z.int().min(0).max(49).nullable(),
    }),
    output: NamedFile,
  },
  /** Says in the trail, before it happens, that something leaves this computer's registry. */
  'report:note-export': {
    input: z.strictObject({ ...subject, kind: z.enum(EXPORT_KINDS), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: z.void(),
  },
} as const
