import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { isOwnHead, signHead } from '../../src-main/registry/audit/head.ts'
import { readHeads } from '../../src-main/registry/audit/head-files.ts'
import { verifyAudit } from '../../src-main/registry/audit/verify.ts'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { openEncrypted, type WritableDb } from '../../src-main/registry/database.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'
import { createPatient, updatePatient, viewPatient } from '../../src-main/registry/tables/patients.ts'
import { ADMINISTRATOR, newWorkspace, patientFields, QUICK, testClock } from './support.ts'

const ENTRIES = 40
/** Attacks at random places. */
const ATTACKS = Number(process.env['CARDIONETS_TRAIL_ATTACKS'] ?? 300)

/** A closed workspace with a trail of `ENTRIES` and more, and its file opened with the key, as a tamperer would. */
async function tampered(tamper: (db: WritableDb, entries: number) => number) {
  const { workspace, access, registry, by } = await newWorkspace()
  const { id } = registry.change(by, (change) => createPatient(change, patientFields()))
  for (let count = 0; count < ENTRIES; count += 1) registry.change(by, (change) => viewPatient(change, id))
  const key = deriveKey(access.dataKey(), 'database')
  access.close()
  const directory = join(workspace, 'registry')
  const db = openEncrypted(join(directory, 'registry.db'), key)
  db.exec('DROP TRIGGER audit_is_immutable; DROP TRIGGER audit_is_kept')
  const entries = (db.prepare('SELECT count(*) AS count FROM audit').get() as { count: number }).count
  const firstBad = tamper(db, entries)
  const verdict = verifyAudit(db, readHeads(directory))
  db.close()
  return { verdict, firstBad, workspace }
}

const middle = (entries: number): number => Math.floor(entries / 2)

const attacks: Record<string, (db: WritableDb, entries: number) => number> = {
  'an edited name': (db, entries) => edit(db, middle(entries), `person_name = 'Somebody else'`),
  'an edited time': (db) => edit(db, 1, 'at_ms = at_ms + 1'),
  'an edited reason of the last entry': (db, entries) => edit(db, entries, `reason = 'because'`),
  'a replaced hash': (db, entries) => edit(db, middle(entries), 'hash = randomblob(32)'),
  'a deleted entry': (db, entries) => remove(db, middle(entries)),
  'the first entry deleted': (db) => remove(db, 1),
  'an entry deleted and the rest moved up': (db, entries) => {
    const at = remove(db, middle(entries))
    for (let number = at + 1; number <= entries; number += 1) {
      db.prepare('UPDATE audit SET number = ? WHERE number = ?').run(number - 1, number)
    }
    return at
  },
  'an inserted entry': (db, entries) => {
    const at = middle(entries)
    for (let number = entries; number >= at; number -= 1) {
      db.prepare('UPDATE audit SET number = ? WHERE number = ?').run(number + 1, number)
    }
    db.prepare(
      'INSERT INTO audit SELECT ?, at_ms, offset_minutes, person_id, person_name, action, record_kind, record_id, before_json, after_json, reason, hash FROM audit WHERE number = 1',
    ).run(at)
    return at
  },
  'two entries exchanged': (db, entries) => {
    const at = middle(entries)
    for (const [from, to] of [
      [at, 0],
      [at + 1, at],
      [0, at + 1],
    ])
      // prettier-ignore
      db.prepare('UPDATE audit SET number = ? WHERE number = ?').run(to, from)
    return at
  },
  'the last entry cut off': (db, entries) => remove(db, entries),
  'the end cut off': (db, entries) => {
    db.prepare('DELETE FROM audit WHERE number > ?').run(entries - 7)
    return entries - 6
  },
  'everything cut off': (db) => {
    db.exec('DELETE FROM audit')
    return 1
  },
}

const FIELDS = ['at_ms', 'offset_minutes', 'person_id', 'person_name', 'action', 'record_kind', 'record_id', 'before_json', 'after_json', 'reason'] as const // prettier-ignore

/** @returns the entry that must be named */
const RANDOM_ATTACKS: readonly (readonly [
  what: string,
  attack: (db: WritableDb, at: number, entries: number) => number,
])[] = [
  ...FIELDS.map(
    (field) =>
      [
        `another ${field}`,
        (db: WritableDb, at: number) => edit(db, at, `${field} = CASE WHEN ${field} = 7 THEN 8 ELSE 7 END`),
      ] as const,
  ),
  ['another hash', (db, at) => edit(db, at, 'hash = randomblob(32)')],
  ['an entry removed', remove],
  [
    'an entry and all after it removed',
    (db, at) => {
      db.prepare('DELETE FROM audit WHERE number >= ?').run(at)
      return at
    },
  ],
  [
    'two neighbours exchanged',
    (db, at) => {
      for (const [from, to] of [[at, 0], [at + 1, at], [0, at + 1]]) db.prepare('UPDATE audit SET number = ? WHERE number = ?').run(to, from) // prettier-ignore
      return at
    },
  ],
  [
    'the last entry doubled',
    (db, _, entries) => {
      db.prepare(
        'INSERT INTO audit SELECT number + 1, at_ms, offset_minutes, person_id, person_name, action, record_kind, record_id, before_json, after_json, reason, hash FROM audit WHERE number = ?',
      ).run(entries)
      return entries + 1
    },
  ],
]

function edit(db: WritableDb, number: number, assignment: string): number {
  db.prepare(`UPDATE audit SET ${assignment} WHERE number = ?`).run(number)
  return number
}

function remove(db: WritableDb, number: number): number {
  db.prepare('DELETE FROM audit WHERE number = ?').run(number)
  return number
}

describe('the audit trail', () => {
  it('is whole after honest work', async () => {
    const { verdict } = await tampered(() => 0)
    expect(verdict).toEqual({ ok: true, entries: expect.any(Number) as number, head: expect.any(String) as string })
  })

  for (const [attack, tamper] of Object.entries(attacks)) {
    it(`names the first bad entry after ${attack}`, async () => {
      const { verdict, firstBad } = await tampered(tamper)
      expect(verdict.ok).toBe(false)
      expect(verdict.firstBad?.index).toBe(firstBad)
    })
  }

  it(`names the first bad entry after any of ${ATTACKS} attacks at random places`, { timeout: 600_000 }, async () => {
    const missed: string[] = []
    await tampered((db) => {
      const heads = [signHead(db, { utcMs: 0, offsetMinutes: 0 })]
      const { entries } = heads[0]!
      for (let turn = 0; turn < ATTACKS; turn += 1) {
        const [what, attack] = RANDOM_ATTACKS[turn % RANDOM_ATTACKS.length]!
        const at = randomInt(1, entries)
        db.exec('SAVEPOINT attack')
        const expected = attack(db, at, entries)
        const { firstBad } = verifyAudit(db, heads)
        if (firstBad?.index !== expected) missed.push(`${what} at ${at} of ${entries}: ${JSON.stringify(firstBad)}`)
        db.exec('ROLLBACK TO attack; RELEASE attack')
      }
      return 0
    })
    expect(missed).toEqual([])
  })

  it('still tells of a cut-off end after somebody has signed in again', async () => {
    const { workspace, firstBad } = await tampered(attacks['the end cut off']!)
    const access = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
    await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
    const verdict = verifyAudit(access.registry().db, readHeads(access.directory))
    expect(verdict.ok).toBe(false)
    expect(verdict.firstBad!.index).toBeGreaterThanOrEqual(firstBad)
    expect(listAudit(access.registry().db, { limit: 3 }).map(({ action }) => action)).toContain(
      'audit:contradicts-head',
    )
    access.close()
  })

  it('tells who, when with the offset, what, before, after and why', async () => {
    const { registry, by, access } = await newWorkspace()
    const { id } = registry.change(by, (change) => createPatient(change, patientFields()))
    registry.change(by, (change) =>
      updatePatient(change, id, 1, patientFields({ sex: 'female' }), 'read the card again'),
    )
    const [entry] = listAudit(registry.db, { kind: 'patient', id, limit: 1 })
    expect(entry).toMatchObject({
      personId: by.id,
      personName: 'Administrator',
      atMs: Date.UTC(2026, 0, 5, 8),
      offsetMinutes: 480,
      action: 'patient:update',
      beforeJson: '{"sex":"male"}',
      afterJson: '{"sex":"female"}',
      reason: 'read the card again',
    })
    access.close()
  })

  it('believes a head only with the workspace’s own signature', async () => {
    const { registry, access } = await newWorkspace()
    const head = signHead(registry.db, access.environment.now())
    expect(isOwnHead(registry.db, head)).toBe(true)
    expect(isOwnHead(registry.db, { ...head, entries: head.entries - 1 })).toBe(false)
    const other = await newWorkspace()
    expect(isOwnHead(other.registry.db, head)).toBe(false)
    access.close()
    other.access.close()
  })
})
