import { createHash } from 'node:crypto'
import { AppError, type CineId } from '../../../src-preload/contract/index.ts'
import type { MadeReport, ReportRequest } from '../../../src-preload/contract/reports.ts'
import { toReportCine } from '../../reports/cine-pictures.ts'
import { requireUnaltered } from '../../registry/tables/review-proof.ts'
import { listReviews } from '../../registry/tables/review-rows.ts'
import type { GeneratedCine } from '../cines/session-cines.ts'
import { describePack } from '../describe-pack.ts'
import type { Services } from '../services.ts'
import { findKeptReport, keepReport, type ReportKey } from './kept-reports.ts'
import { recordOfRegistry } from './registry-record.ts'

/**
 * The report of one recording or screening. Once it is signed it is made once and kept, so that the same bytes come
 * again whatever pack, version or site name there is by then.
 *
 * @throws AppError `report/not-of-the-ecg`, `recording/unknown`, `screening/unknown`, `screening/review-altered`,
 *   `registry/…`
 */
export async function makeReport(services: Services, request: ReportRequest): Promise<MadeReport> {
  const { recordingId, screeningId, choices, cineId } = request
  const registry = services.access.registry()
  const by = services.access.actor()
  const cine = cineId === null ? null : cineOf(services, cineId, recordingId)
  if (screeningId !== null) requireUnaltered(registry.db, screeningId)
  const reviews = screeningId === null ? [] : listReviews(registry.db, screeningId)
  const state = reviews.at(-1)?.state ?? 'draft'
  const fileName = `report-${(screeningId ?? recordingId).slice(0, 13)}-${choices.language}.pdf`
  const signed = state === 'signed' || state === 'amended'
  const key: ReportKey | null =
    signed && screeningId !== null
      ? {
          screeningId,
          reviews: reviews.length,
          choices,
          cine: cine && { seed: cine.facts.seed, sampler: cine.facts.sampler },
        }
      : null
  const kept = key && findKeptReport(registry, recordingId, key)
  if (kept) return made(fileName, new Uint8Array(kept), state, true)

  // Where the pack was refused, a report is written all the same, without the pack's own words.
  const pack = (await services.packError()) ? null : describePack(await services.engine())
  const record = recordOfRegistry(
    registry,
    { recordingId, screeningId },
    pack,
    cine && toReportCine(cine.values, cine.facts),
  )
  // Fonts and the PDF writer are loaded by who wants a report, and by nobody else.
  const { writeReport } = await import('../../reports/write-report.ts')
  const pdf = await writeReport(record, choices)
  if (key) keepReport(registry, by, key, fileName, pdf)
  return made(fileName, pdf, state, key !== null)
}

const made = (fileName: string, pdf: Uint8Array, state: MadeReport['state'], kept: boolean): MadeReport => ({
  fileName,
  pdf,
  sha256: createHash('sha256').update(pdf).digest('hex'),
  state,
  kept,
})

/** A report shows what was generated from the ECG itself: no mean of several, no illustration along a phenotype. */
function cineOf(services: Services, cineId: CineId, recordingId: string): GeneratedCine {
  const cine = services.cines.generated(cineId)
  if (cine.facts.recordingId !== recordingId || cine.facts.origin.kind !== 'seed') {
    throw new AppError(
      'report/not-of-the-ecg',
      'This cine was not generated from this ECG alone. Choose one of its seeds.',
    )
  }
  return cine
}
