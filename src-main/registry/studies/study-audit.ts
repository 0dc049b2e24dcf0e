import type { AuditEntry } from '../audit/entry.ts'
import { listAudit } from '../audit/list.ts'
import type { ReadableDb } from '../database.ts'

const PAGE = 1000

/** All entries of the trail that are about one study, oldest first. */
export function auditOfStudy(db: ReadableDb, studyId: string): AuditEntry[] {
  const entries: AuditEntry[] = []
  for (let before: number | null = null; ;) {
    const page = listAudit(db, { kind: 'study', id: studyId, before, limit: PAGE })
    entries.push(...page)
    if (page.length < PAGE) return entries.reverse()
    before = page.at(-1)!.number
  }
}
