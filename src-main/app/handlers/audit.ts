import type { AuditLine } from '../../../src-preload/contract/audit.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { PersonId } from '../../../src-preload/contract/ids.ts'
import type { AuditEntry } from '../../registry/audit/entry.ts'
import { signHead } from '../../registry/audit/head.ts'
import { auditChoices, getAuditEntry, searchAudit } from '../../registry/audit/search-audit.ts'
import { runInWorker } from '../../registry/worker/run-in-worker.ts'
import type { Handlers } from '../dispatch.ts'
import { exportAuditCsv } from '../exports/audit-csv.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `audit:${string}`>

/** Records whose before and after hold what is a patient's. */
const CLINICAL_KINDS: readonly string[] = ['patient', 'recording', 'screening', 'attachment']

/** `audit:*` — the trail: read, verified, taken along. */
export function auditHandlers({ access }: Services): Pick<Handlers, Channels> {
  return {
    'audit:search'({ filter, offset, limit }) {
      const { entries, ...page } = searchAudit(access.registry().db, filter, { offset, limit })
      return { ...page, rows: entries.map(toLine) }
    },
    'audit:list-choices'() {
      const { people, ...choices } = auditChoices(access.registry().db)
      return { ...choices, people: people.map(({ id, name }) => ({ id: id as PersonId, name })) }
    },
    'audit:read'({ number }) {
      const registry = access.registry()
      const entry = getAuditEntry(registry.db, number)
      if (!entry) throw new AppError('audit/unknown', 'The audit trail has no entry of this number.')
      if (CLINICAL_KINDS.includes(entry.kind)) {
        registry.change(access.actor(), (change) =>
          change.audit({ action: 'audit:read', kind: 'audit', id: String(number) }),
        )
      }
      return { ...toLine(entry), before: entry.beforeJson, after: entry.afterJson, hash: entry.hash }
    },
    async 'audit:verify'() {
      const by = access.actor()
      const { registry, release } = access.holdOpen()
      try {
        const order = { task: 'verify-audit', registryDirectory: access.directory, dataKey: access.dataKey() } as const
        const verdict = await runInWorker(order)
        registry.change(by, (change) =>
          change.audit({
            action: 'audit:verify',
            kind: 'registry',
            id: null,
            after: { ok: verdict.ok, entries: verdict.entries },
          }),
        )
        return verdict
      } finally {
        release()
      }
    },
    'audit:sign-head'() {
      const now = access.environment.now()
      const head = signHead(access.registry().db, now)
      const day = head.at.slice(0, 10)
      return { fileName: `cardionets-audit-head-${day}.json`, text: `${JSON.stringify(head, null, 1)}\n` }
    },
    'audit:export-csv': ({ filter }) => exportAuditCsv(access.registry(), access.actor(), filter),
  }
}

function toLine({ number, atMs, offsetMinutes, personName, action, kind, id, reason }: AuditEntry): AuditLine {
  const at = new Date(atMs).toISOString()
  return { id: String(number), number, at, offsetMinutes, personName, action, kind, recordId: id, reason }
}
