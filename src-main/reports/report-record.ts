import type { REPORT_LANGUAGES } from '../../src-preload/contract/constants.ts'
import type { EcgSummary, ScreenedWindow } from '../../src-preload/contract/ecg.ts'
import type { ErrorReply } from '../../src-preload/contract/errors.ts'
import type { Waveform } from '../../src-preload/contract/index.ts'
import type { EcgMeasurements } from '../../src-preload/contract/measurements.ts'
import type { Sampler } from '../../src-preload/contract/screening.ts'
import type { ReportFindings } from './findings.ts'
import type { GreyImage } from './pdf/pdf-pages.ts'

export type ReportLanguage = (typeof REPORT_LANGUAGES)[number]
export type Bilingual = Readonly<Record<ReportLanguage, string>>

/** Whom the recording is of; what is not known is absent. */
export interface ReportPatient {
  readonly name?: string | undefined
  readonly id?: string | undefined
  readonly sex?: 'female' | 'male' | 'other' | 'unknown' | undefined
  /** YYYY-MM-DD */
  readonly birthDate?: string | undefined
  readonly ageYears?: number | undefined
  /** Entered and checked by people, or only what the file says. */
  readonly source: 'registry' | 'file'
}

export interface ReportRecording {
  readonly file: string
  readonly sha256: string
  readonly summary: EcgSummary
  readonly window: ScreenedWindow | null
  readonly waveform: Pick<Waveform, 'rateHz' | 'leads'>
  readonly measurements: EcgMeasurements | null
}

/** A physician's word, with the local time at which it was said. */
export interface ReportReview {
  readonly state: 'reviewed' | 'signed' | 'amended'
  readonly agreement: 'agree' | 'disagree'
  readonly conclusion: string
  readonly reason: string | null
  readonly by: string
  /** YYYY-MM-DD HH:MM UTC±HH:MM */
  readonly at: string
  /** What the signature speaks of; null where nobody signed. */
  readonly recordSha256: string | null
}

/** A cine that carries the mark in every picture. */
export interface ReportCine {
  readonly seed: number
  readonly sampler: Sampler
  readonly cycleMs: number
  /** Every picture is 8-bit grey with the mark burned in. */
  readonly stills: readonly {
    readonly frame: number
    readonly phase: 'end-diastole' | 'end-systole' | null
    readonly image: GreyImage
  }[]
  readonly strip: readonly { readonly frame: number; readonly image: GreyImage }[]
}

/** Everything that a report says; the pages only lay it out. DICOM and FHIR are to be written from the same record. */
export interface ReportRecord {
  readonly application: string
  readonly site: string
  readonly patient: ReportPatient
  readonly recording: ReportRecording
  /** What the screening says, or why there is none. */
  readonly outcome:
    | {
        readonly kind: 'screened'
        readonly findings: ReportFindings
        readonly screenedAt: string | null
        readonly inputSha256: string
      }
    | { readonly kind: 'refused'; readonly refusal: ErrorReply }
    | { readonly kind: 'not-screened' }
  /** Oldest first; empty for a draft. */
  readonly reviews: readonly ReportReview[]
  /** Nobody reviews what the command line writes. */
  readonly reviewable: boolean
  readonly cine: ReportCine | null
  /** Of the newest thing that it tells of; the date of the PDF. */
  readonly date: Date | null
}

export function reviewState({ reviews }: Pick<ReportRecord, 'reviews'>): 'draft' | 'reviewed' | 'signed' | 'amended' {
  return reviews.at(-1)?.state ?? 'draft'
}
