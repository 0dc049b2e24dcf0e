import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type {
  AllocationPreview,
  Amendment,
  CaseTableReport,
  ChosenCase,
  ErrorReply,
  ProtocolVersion,
  StudyBoard,
  StudyDraft,
  StudyId,
  StudyReport,
} from '../contract.ts'
import { usePreferencesStore } from './preferences.ts'

/** One study as its coordinator sees it: the draft that is edited, then counts and times, then the report. */
export const useStudyStore = defineStore('study', () => {
  const preferences = usePreferencesStore()
  const draft = shallowRef<StudyDraft | null>(null)
  const board = shallowRef<StudyBoard | null>(null)
  const preview = shallowRef<AllocationPreview | null>(null)
  const table = shallowRef<CaseTableReport | null>(null)
  /** How far cases are prepared, while they are. */
  const preparing = shallowRef<{ done: number; of: number } | null>(null)
  /** All versions of a locked protocol. */
  const versions = shallowRef<readonly ProtocolVersion[]>([])
  const report = shallowRef<StudyReport | null>(null)
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
      if (draft.value.state !== 'draft') {
        board.value = await call('study:read-board', { studyId })
        versions.value = await call('study:list-versions', { studyId })
      }
      if (draft.value.state === 'unblinded') report.value = await readReport(studyId)
    })

  const save = (protocol: StudyDraft['protocol'], readerAccounts: StudyDraft['readerAccounts']): Promise<boolean> =>
    attempt(async () => {
      draft.value = await call('study:save-draft', { protocol, readerAccounts })
    })

  /** Prepares cases from either source; the report stays until the next. */
  const prepare = (studyId: StudyId, work: () => Promise<CaseTableReport>): Promise<boolean> =>
    attempt(async () => {
      const off = on('study:preparing', (event) => {
        if (event.studyId === studyId) preparing.value = event
      })
      try {
        table.value = await work()
        draft.value = await call('study:read-draft', { studyId })
      } finally {
        off()
        preparing.value = null
      }
    })

  const prepareFolder = (studyId: StudyId, folder: string): Promise<boolean> =>
    prepare(studyId, () => call('study:prepare-folder', { studyId, folder }))

  const prepareRecordings = (studyId: StudyId, cases: ChosenCase[]): Promise<boolean> =>
    prepare(studyId, () => call('study:prepare-recordings', { studyId, cases }))

  const amend = (studyId: StudyId, changes: Amendment, reason: string): Promise<boolean> =>
    attempt(async () => {
      versions.value = await call('study:amend', { studyId, changes, reason })
      draft.value = await call('study:read-draft', { studyId })
      board.value = await call('study:read-board', { studyId })
    })

  const previewAllocation = (studyId: StudyId): Promise<boolean> =>
    attempt(async () => {
      preview.value = await call('study:preview-allocation', { studyId })
    })

  /** An action that changes a locked study; what it answers is the new board. */
  const act = (work: () => Promise<StudyBoard>): Promise<boolean> =>
    attempt(async () => {
      board.value = await work()
      const { studyId } = board.value
      draft.value = await call('study:read-draft', { studyId })
      versions.value = await call('study:list-versions', { studyId })
      if (board.value.state === 'unblinded') report.value ??= await readReport(studyId)
    })

  const readReport = (studyId: StudyId): Promise<StudyReport> =>
    call('study:read-report', { studyId, language: preferences.language })

  /** In another language: the same report, in other words. */
  watch(
    () => preferences.language,
    () => {
      const studyId = draft.value?.studyId
      if (report.value && studyId) void attempt(async () => void (report.value = await readReport(studyId)))
    },
  )

  return {
    draft,
    board,
    preview,
    table,
    preparing,
    versions,
    report,
    error,
    busy,
    attempt,
    load,
    save,
    prepareFolder,
    prepareRecordings,
    previewAllocation,
    amend,
    act,
  }
})
