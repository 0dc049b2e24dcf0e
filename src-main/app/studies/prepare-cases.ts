import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CaseTableReport } from '../../../src-preload/contract/study-cases.ts'
import { type PreparedCase, replaceCases } from '../../registry/studies/study-cases.ts'
import { getStudy, saveDraft } from '../../registry/studies/studies.ts'
import type { Services } from '../services.ts'
import { studyBanner } from './banner.ts'
import { type CaseEcg, cinesWanted, type KnownOfCase, prepareCase } from './prepare-case.ts'
import type { TakenCine } from './real-cine.ts'

/** One case to be prepared: what is known of it, and how its ECG and real cine are got. */
export interface CaseSource {
  /** Row of the table or list that it stands in. */
  row: number
  known: KnownOfCase
  stratum: string
  training: boolean
  /** What a problem of either is told under. */
  columns: { ecg: string; real: string }
  readEcg(): Promise<CaseEcg>
  readReal(): Promise<TakenCine>
}

export interface PrepareOptions {
  signal: AbortSignal
  onCase(done: number, of: number): void
}

export type PreparationReport = CaseTableReport

/**
 * Brings every case into the one form of the study, all before the first read. All cases are looked at although one has
 * a problem; then nothing is taken over. The registry stays open for the work although the window locks.
 *
 * @throws AppError `study/not-a-draft`, `study/preparing-cancelled`, `pack/…` where nothing can be generated
 */
export async function prepareCases(
  services: Pick<Services, 'access' | 'engine'>,
  studyId: string,
  sources: readonly CaseSource[],
  { signal, onCase }: PrepareOptions,
): Promise<PreparationReport> {
  const { access } = services
  const actor = access.actor()
  const { registry, release } = access.holdOpen()
  try {
    const { draft } = getStudy(registry.db, studyId)
    if (!draft) throw new AppError('study/not-a-draft', 'The cases of a locked study do not change.')
    const wants = cinesWanted(draft.protocol)
    const engine = await services.engine()
    const tools = { registry, engine, banner: studyBanner(), signal }
    const report: PreparationReport = { cases: 0, problems: [], notes: [] }
    const prepared: PreparedCase[] = []
    for (const [index, source] of sources.entries()) {
      if (signal.aborted)
        throw new AppError('study/preparing-cancelled', 'Preparing was stopped; the study’s cases are as they were.')
      const { row, known, columns } = source
      const told = (column: string) => (error: unknown) => {
        if (!(error instanceof AppError)) throw error
        if (!signal.aborted) report.problems.push({ row, column, code: error.code, values: {}, message: error.message })
        return null
      }
      const ecg = await attempt(source.readEcg).catch(told(columns.ecg))
      const real = wants.real ? await attempt(source.readReal).catch(told(columns.real)) : null
      if (real) report.notes.push({ caseId: known.caseId, ...real.note })
      // One problem is enough to take nothing over: no cine is generated for nothing any more.
      if (ecg && (real || !wants.real) && report.problems.length === 0) {
        const values = real?.values ?? null
        const one = await prepareCase(tools, known, ecg, values, wants.generated).catch(told(columns.ecg))
        if (one) prepared.push(one)
      }
      onCase(index + 1, sources.length)
    }
    if (signal.aborted)
      throw new AppError('study/preparing-cancelled', 'Preparing was stopped; the study’s cases are as they were.')
    if (report.problems.length > 0) return report
    registry.change(actor, (change) => {
      const now = getStudy(change.db, studyId).draft
      if (!now) throw new AppError('study/not-a-draft', 'The cases of a locked study do not change.')
      replaceCases(change, studyId, prepared)
      const cases = sources.map(({ known: { caseId }, stratum, training }) => ({ caseId, stratum, training }))
      saveDraft(change, { ...now, protocol: { ...now.protocol, cases } })
    })
    return { ...report, cases: prepared.length }
  } finally {
    release()
  }
}

/** A source may refuse before it begins to wait. */
const attempt = async <T>(read: () => Promise<T>): Promise<T> => read()
