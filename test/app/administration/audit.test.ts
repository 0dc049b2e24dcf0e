import { describe, expect, it } from 'vitest'
import type { AuditFilter } from '../../../src-preload/contract/audit.ts'
import { WHOLE_TRAIL } from '../../../src-preload/contract/constants.ts'
import { auditHandlers } from '../../../src-main/app/handlers/audit.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { AuditHead, isOwnHead } from '../../../src-main/registry/audit/head.ts'
import { searchAudit } from '../../../src-main/registry/audit/search-audit.ts'
import { createPatient, viewPatient } from '../../../src-main/registry/tables/patients.ts'
import { newWorkspace, patientFields, testClock } from '../../registry/support.ts'

async function audited() {
  const clock = testClock()
  const workspace = await newWorkspace(clock)
  const { registry, by } = workspace
  const ids = ['=HYPERLINK("http://evil")', '王小明'].map((name, index) => {
    clock.wallMs += 86_400_000
    return registry.change(by, (change) => createPatient(change, patientFields({ localId: `P-${index}`, name })).id)
  })
  clock.wallMs += 86_400_000
  registry.change(by, (change) => viewPatient(change, ids[0]!))
  const handlers = auditHandlers({ access: workspace.access } as Services)
  return { ...workspace, clock, ids, handlers }
}

describe('the audit trail', () => {
  it('is listed newest first, page by page, without a gap or a repetition', async () => {
    const { handlers, access } = await audited()
    const { total, rows } = await handlers['audit:search']({ filter: WHOLE_TRAIL, offset: 0, limit: 500 })
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: total }, (_, index) => total - index))
    const pages = []
    for (let offset = 0; offset < total; offset += 2) {
      pages.push(...(await handlers['audit:search']({ filter: WHOLE_TRAIL, offset, limit: 2 })).rows)
    }
    expect(pages).toEqual(rows)
    access.close()
  })

  it('is found by person, record, action and day, and by all of them at once', async () => {
    const { registry, by, ids, access } = await audited()
    const find = (filter: Partial<AuditFilter>) => {
      const { total, entries } = searchAudit(registry.db, { ...WHOLE_TRAIL, ...filter }, { offset: 0, limit: 99 })
      expect(entries).toHaveLength(total)
      return entries
    }
    const all = find({})
    for (const filter of [
      { personId: by.id },
      { kind: 'patient' },
      { recordId: ids[0]! },
      { action: 'patient:create' },
      { fromMs: all[2]!.atMs, untilMs: all[0]!.atMs },
      { personId: by.id, kind: 'patient', fromMs: all[1]!.atMs },
    ] as Partial<AuditFilter>[]) {
      const expected = all.filter(
        (entry) =>
          (filter.personId ?? entry.personId) === entry.personId &&
          (filter.kind ?? entry.kind) === entry.kind &&
          (filter.recordId ?? entry.id) === entry.id &&
          (filter.action ?? entry.action) === entry.action &&
          entry.atMs >= (filter.fromMs ?? 0) &&
          entry.atMs < (filter.untilMs ?? Infinity),
      )
      expect([filter, find(filter)]).toEqual([filter, expected])
      expect(expected.length).toBeGreaterThan(0)
      expect(expected.length).toBeLessThan(all.length)
    }
    access.close()
  })

  it('notes who read what an entry holds of a patient, but not who read the rest', async () => {
    const { handlers, registry, ids, access } = await audited()
    const [entry] = searchAudit(registry.db, { ...WHOLE_TRAIL, recordId: ids[1]! }, { offset: 0, limit: 1 }).entries
    const before = searchAudit(registry.db, WHOLE_TRAIL, { offset: 0, limit: 1 }).total
    const read = await handlers['audit:read']({ number: entry!.number })
    expect(read.after).toContain('王小明')
    const [noted] = searchAudit(registry.db, WHOLE_TRAIL, { offset: 0, limit: 1 }).entries
    expect([noted!.action, noted!.id]).toEqual(['audit:read', String(entry!.number)])
    await handlers['audit:read']({ number: 1 })
    expect(searchAudit(registry.db, WHOLE_TRAIL, { offset: 0, limit: 1 }).total).toBe(before + 1)
    access.close()
  })

  it('is verified in a thread of its own, which names an entry that was altered', async () => {
    const { handlers, registry, access } = await audited()
    const sound = await handlers['audit:verify']()
    expect(sound).toMatchObject({ ok: true })
    registry.db.exec('DROP TRIGGER audit_is_immutable')
    registry.db.exec(`UPDATE audit SET person_name = 'Somebody else' WHERE number = 3`)
    expect(await handlers['audit:verify']()).toMatchObject({ ok: false, firstBad: { index: 3, reason: 'altered' } })
    access.close()
  })

  it('is taken along as a table that no spreadsheet runs, with the signed head below', async () => {
    const { handlers, registry, access } = await audited()
    const { text, fileName } = await handlers['audit:export-csv']({ filter: { ...WHOLE_TRAIL, kind: 'patient' } })
    expect(fileName).toMatch(/^cardionets-audit-\d{4}-\d\d-\d\d\.csv$/)
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(6)
    for (const cell of lines.join(',').split('","')) expect(cell).not.toMatch(/^[=+@-]/)
    const head = AuditHead.parse(JSON.parse(/"(\{""format.*\})"/.exec(lines[4]!)![1]!.replaceAll('""', '"')))
    expect(isOwnHead(registry.db, head)).toBe(true)
    const own = AuditHead.parse(JSON.parse((await handlers['audit:sign-head']()).text))
    expect(isOwnHead(registry.db, own)).toBe(true)
    access.close()
  })
})
