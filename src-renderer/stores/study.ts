import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { AllocationPreview, CaseTableReport, ErrorReply, StudyBoard, StudyDraft, StudyId } from '../contract.ts'

/** One study as its coordinator sees it: the draft that is edited, then counts and times, then the report. */
export const useStudyStore = defineStore('study', () => {
  const draft = shallowRef<StudyDraft | null>(null)
  const board = shallowRef<StudyBoard | null>(null)
  const preview = shallowRef<AllocationPreview | null>(null)
  const table = shallowRef<CaseTableReport | null>(null)
  const report = shallowRef<Report | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  const busy = shallowRef(false)

  /** Runs one action; its refusal is shown and nothing is lost. @returns whether it was done */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    error.value = null
    try {
      await work()
      return true
    } catch (problem) {
      error.value = toErrorReply(problem)
      return false
    } finally {
      busy.value = false
    }
  }

  const load = (studyId: StudyId): Promise<boolean> =>
    attempt(async () => {
      board.value = preview.value = table.value = report.value = null
      draft.value = await call('study:read-draft', { studyId })
      if (draft.value.state !== 'draft') board.value = await call('study:read-board', { studyId })
      if (draft.value.state === 'unblinded') report.value = await readReport(studyId)
    })

  const save = (protocol: StudyDraft['protocol'], readerAccounts: StudyDraft['readerAccounts']): Promise<boolean> =>
    attempt(async () => {
      draft.value = await call('study:save-draft', { protocol, readerAccounts })
    })

  const prepare = (studyId: StudyId, folder: string): Promise<boolean> =>
    attempt(async () => {
      table.value = await call('study:prepare-folder', { studyId, folder })
      draft.value = await call('study:read-draft', { studyId })
    })

  const previewAllocation = (studyId: StudyId): Promise<boolean> =>
    attempt(async () => {
      preview.value = await call('study:preview-allocation', { studyId })
    })

  /** An action that changes a locked study; what it answers is the new board. */
  const act = (work: () => Promise<StudyBoard>): Promise<boolean> =>
    attempt(async () => {
      board.value = await work()
      draft.value = await call('study:read-draft', { studyId: board.value.studyId })
      if (board.value.state === 'unblinded') report.value ??= await readReport(board.value.studyId)
    })

  const readReport = async (studyId: StudyId): Promise<Report> =>
    JSON.parse(await call('study:analyse', { studyId })) as Report

  return { draft, board, preview, table, report, error, busy, attempt, load, save, prepare, previewAllocation, act }
})

/** One entry of the report; see docs/reader-studies.md. */
export interface ReportEntry {
  function: string
  label: string
  inputs?: Record<string, unknown>
  results: Record<string, unknown>
}

export interface Report {
  primary: ReportEntry
  sensitivity: ReportEntry[]
  perReader: ReportEntry[]
  model: ReportEntry[]
  pooled: ReportEntry[]
  realOrGenerated: ReportEntry[]
  helpedHarmed: ReportEntry[]
  curves: ReportEntry[]
  notes: string[]
  counts: { cases: number; diseased: number; readers: number; readings: number; planned: number }
}
