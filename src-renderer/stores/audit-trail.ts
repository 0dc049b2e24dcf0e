import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import {
  WHOLE_TRAIL,
  type AuditDetail,
  type AuditFilter,
  type AuditLine,
  type AuditVerdict,
  type ErrorReply,
  type Output,
} from '../contract.ts'
import { saveFile } from '../save-file.ts'
import { forgetsOnLock } from './forgetting.ts'
import { createRowPages } from './row-pages.ts'

/** The audit trail as it is filtered, and whether its chain holds. */
export const useAuditTrailStore = defineStore('audit-trail', () => {
  const filter = shallowRef<AuditFilter>(WHOLE_TRAIL)
  const choices = shallowRef<Output<'audit:list-choices'>>({ actions: [], kinds: [], people: [] })
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)
  const verdict = shallowRef<AuditVerdict | null>(null)

  /** More match than are listed. */
  const more = shallowRef(false)

  const pages = createRowPages<AuditLine>(async (offset, limit) => {
    const page = await call('audit:search', { filter: filter.value, offset, limit })
    more.value = page.more
    return page
  })

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      const [offered] = await Promise.all([call('audit:list-choices', undefined), pages.restart()])
      choices.value = offered
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  async function choose(next: Partial<AuditFilter>): Promise<void> {
    filter.value = { ...filter.value, ...next }
    await load()
  }

  /** @throws AppError */
  const read = (number: number): Promise<AuditDetail> => call('audit:read', { number })

  /** @throws AppError */
  async function verify(): Promise<void> {
    verdict.value = null
    verdict.value = await call('audit:verify', undefined)
  }

  /** @throws AppError `files/not-written` */
  async function saveHead(): Promise<void> {
    const { fileName, text } = await call('audit:sign-head', undefined)
    await saveFile(fileName, text)
  }

  /** @throws AppError `audit/too-many`, `files/not-written` */
  async function exportCsv(): Promise<void> {
    const { fileName, text } = await call('audit:export-csv', { filter: filter.value })
    await saveFile(fileName, text)
  }

  forgetsOnLock(() => {
    pages.clear()
    filter.value = WHOLE_TRAIL
    verdict.value = null
  })

  return {
    filter,
    choices,
    loading,
    error,
    verdict,
    rows: pages.rows,
    total: pages.total,
    more,
    show: pages.show,
    load,
    choose,
    read,
    verify,
    saveHead,
    exportCsv,
  }
})
