import type { AuditFilter } from '../../../src-preload/contract/audit.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { MOST_LISTED, searchAudit } from '../../registry/audit/search-audit.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { csvTable } from './csv.ts'
import { headLine } from './head-line.ts'

const HEAD = ['number', 'at_utc', 'offset_minutes', 'person', 'action', 'kind', 'record', 'before', 'after', 'reason']

/**
 * The entries of a filter as a table that spreadsheets open safely, newest first, with the signed head of the trail in
 * its last row. The export is an entry itself, the first one in the table where the filter lets it through.
 *
 * @throws AppError `audit/too-many`
 */
export function exportAuditCsv(registry: Registry, by: Actor, filter: AuditFilter): { fileName: string; text: string } {
  const { total, more } = searchAudit(registry.db, filter, { offset: 0, limit: 1 })
  if (more || total > MOST_LISTED) {
    throw new AppError(
      'audit/too-many',
      `There are more entries than one table takes (${MOST_LISTED}). Choose a shorter time and export piece by piece.`,
    )
  }
  registry.change(by, (change) =>
    change.audit({ action: 'audit:export', kind: 'registry', id: null, after: { rows: total } }),
  )
  const { entries } = searchAudit(registry.db, filter, { offset: 0, limit: MOST_LISTED + 1 })
  const rows = entries.map((entry) => [
    entry.number,
    new Date(entry.atMs).toISOString(),
    entry.offsetMinutes,
    entry.personName,
    entry.action,
    entry.kind,
    entry.id,
    entry.beforeJson,
    entry.afterJson,
    entry.reason,
  ])
  const day = new Date(registry.environment.now().utcMs).toISOString().slice(0, 10)
  return { fileName: `cardionets-audit-${day}.csv`, text: csvTable([HEAD, ...rows, headLine(registry)]) }
}
