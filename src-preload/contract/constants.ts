/**
 * What the window needs at run time besides types. Free of zod, so that the window bundles no schema library: zod
 * probes for `eval` when a schema is made, which the content security policy blocks and reports.
 */

import type { AuditFilter } from './audit.ts'

/** The twelve standard leads in canonical spelling and order, as every model and view expects them. */
export const LEAD_NAMES = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const

/** Largest single file and largest drop that the window may hand over, in bytes and files. */
export const MAX_FILE_BYTES = 64 * 2 ** 20
export const MAX_DROP_FILES = 400

/** Refusals that end once the user has said what the file does not say, or says wrong. */
export const ASKABLE_CODES = [
  'format/columns-unnamed',
  'format/lead-count',
  'format/rate-unknown',
  'format/units-implausible',
  'format/units-unknown',
  'quality/units-implausible',
]

/** Remarks that a convention stood in for what the file does not say; the user may say it. */
export const CONVENTION_CODES = ['wfdb/gain-default', 'wfdb/rate-default']

/** Stands in a list of lead names for a column or channel that is left out. */
export const NO_LEAD = '-'

/** The text that is burned into every pixel path of a generated cine. */
export const GENERATED_MARK = 'AI-generated from ECG – not an acquired image'

/** As many seeds of one ECG can be compared at once; what is proposed. */
export const MAX_SPREAD_SEEDS = 8
export const DEFAULT_SPREAD_SEEDS = 4

/** What a person may be; several at once. `reviewer` is a physician who signs, `reader` reads in studies. */
export const ROLES = ['operator', 'reviewer', 'reader', 'coordinator', 'administrator'] as const

/** ASVS 6.2.1 and 6.2.9: at least 8 characters, and long ones are taken whole. */
export const MIN_PASSWORD_LENGTH = 8
export const MAX_PASSWORD_LENGTH = 1024
export const MAX_LOGIN_NAME = 100

/** How long nobody does anything before the window locks. */
export const MIN_IDLE_MINUTES = 2
export const MAX_IDLE_MINUTES = 30
export const DEFAULT_IDLE_MINUTES = 10

/** States of a recording in the work list; `draft` is a screening that no physician has looked at. */
export const WORK_STATES = ['unscreened', 'refused', 'draft', 'reviewed', 'signed', 'amended'] as const
export const WORK_ORDERS = ['importedAt', 'recordedAt', 'patient', 'state', 'risk'] as const

/** Nobody who is recorded was born before; a date before it is mistyped. */
export const EARLIEST_BIRTH_DATE = '1880-01-01'

/** What a patient's fields may hold, however they come here: most characters, least and most of a number. */
export const PATIENT_LIMITS = {
  localId: 64,
  name: 200,
  ethnicity: 200,
  contact: 500,
  notes: 5000,
  heightCm: [20, 260],
  weightKg: [0.3, 500],
} as const

/** Orders of the patient list that an index serves at any length. */
export const PATIENT_ORDERS = ['newest', 'localId', 'birthDate'] as const
export const FINDINGS = ['cad', 'hf', 'cm', 'ph'] as const

/** A folder, a table of files with patient fields, or a folder that is watched. */
export const BATCH_SOURCES = ['folder', 'csv', 'watch'] as const
export const BATCH_STATES = ['listing', 'running', 'paused', 'finished', 'cancelled'] as const
export const BATCH_OUTCOMES = ['screened', 'limited', 'refused', 'known', 'waiting'] as const
/** What a batch does with the person that a file names: nothing, link where ID and identity agree, or make one too. */
export const BATCH_ASSIGNMENTS = ['unassigned', 'match', 'create'] as const

/** Thresholds that a site may work with; see `contract/settings.ts`. */
export const OPERATING_POINTS = ['screen', 'balanced', 'rule-in'] as const

/** ECG paper: speeds and gains that devices print with. */
export const PAPER_SPEEDS_MM_PER_S = [12.5, 25, 50] as const
export const PAPER_GAINS_MM_PER_MV = [2.5, 5, 10, 20] as const
export const REPORT_PAPERS = ['A4', 'Letter'] as const
export const REPORT_LANGUAGES = ['en', 'zh'] as const
/** What leaves the registry one recording at a time, as the audit trail names it. */
export const EXPORT_KINDS = [
  'report-saved',
  'report-printed',
  'findings-csv',
  'findings-json',
  'cine-gif',
  'cine-frame',
  'cine-video',
] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** How often a backup is made by itself. */
export const BACKUP_SCHEDULES = ['daily', 'weekly', 'by-hand'] as const

/** The filter that lets the whole audit trail through. */
export const WHOLE_TRAIL: AuditFilter = {
  personId: null,
  action: null,
  kind: null,
  recordId: null,
  fromMs: null,
  untilMs: null,
}
