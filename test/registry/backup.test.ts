import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { verifyAudit } from '../../src-main/registry/audit/verify.ts'
import { isPlaintext, type ReadableDb } from '../../src-main/registry/database.ts'
import { backupFolder, backupOrder, isBackupDue, runBackup } from '../../src-main/registry/backup/run-backup.ts'
import { makeBackup } from '../../src-main/registry/backup/make-backup.ts'
import { pruneBackups } from '../../src-main/registry/backup/prune.ts'
import { listBackups, readBackup } from '../../src-main/registry/backup/manifest.ts'
import { backupsToKeep } from '../../src-main/registry/backup/retention.ts'
import { restoreBackup } from '../../src-main/registry/backup/restore.ts'
import { createPatient } from '../../src-main/registry/tables/patients.ts'
import { getRecording, storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { newRecording, newWorkspace, patientFields, QUICK, temporaryFolder, testClock } from './support.ts'

/** Restored states, each drawn by another seed. */
const STATES = Number(process.env['CARDIONETS_RESTORES'] ?? 5)

const TABLES = ['person', 'patient', 'recording', 'recording_source', 'recording_file', 'screening', 'audit', 'blob', 'setting'] // prettier-ignore
const contentOf = (db: ReadableDb) => TABLES.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all())

/** A registry in a state drawn by `seed`. */
async function filled(seed: number) {
  const workspace = await newWorkspace()
  const { registry, by } = workspace
  const ids = fc.sample(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 }), { numRuns: 1, seed })[0]! // prettier-ignore
  for (const [index, name] of ids.entries()) {
    const recording = newRecording(registry, `waveform ${index} of ${seed}`)
    registry.change(by, (change) => {
      const { id } = createPatient(change, patientFields({ localId: `P-${index}`, name }))
      storeRecording(change, { ...recording, patientId: id })
    })
  }
  return workspace
}

async function restoreInto(backup: string, recoveryCode: string, person = 'admin') {
  const workspace = temporaryFolder()
  const report = await restoreBackup({ backup, registryDirectory: join(workspace, 'registry'), recoveryCode, person })
  const access = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
  await access.recover(recoveryCode, 'admin', 'a new password')
  return { access, report }
}

describe('a backup', () => {
  it(
    'brings back every row, every blob and the trail on an empty machine, with the code alone',
    { timeout: 600_000 },
    async () => {
      for (let seed = 0; seed < STATES; seed += 1) {
        const { access, registry, recoveryCode } = await filled(seed)
        const before = contentOf(registry.db)
        const { directory } = makeBackup(backupOrder(access))
        const recordings = registry.db.prepare('SELECT id FROM recording').all() as { id: string }[]
        const restored = await restoreInto(directory, recoveryCode)
        const copy = restored.access.registry()
        const after = contentOf(copy.db)
        // What restoring itself added to the trail comes after all that was there.
        const audit = TABLES.indexOf('audit')
        expect(after[audit]!.slice(0, before[audit]!.length)).toEqual(before[audit])
        expect(after.toSpliced(audit, 1)).toEqual(before.toSpliced(audit, 1))
        expect(verifyAudit(copy.db, [readBackup(directory).manifest.head]).ok).toBe(true)
        for (const { id } of recordings) {
          const { waveformBlob } = getRecording(copy.db, id)
          expect(copy.blobs.get(waveformBlob)).toEqual(registry.blobs.get(waveformBlob))
        }
        restored.access.close()
        access.close()
      }
    },
  )

  it('is restored as a whole or not at all: for nobody who was not there, and not where a file of it is damaged', async () => {
    const { access, recoveryCode } = await filled(1)
    const { directory } = makeBackup(backupOrder(access))
    access.close()
    const workspace = temporaryFolder()
    const registryDirectory = join(workspace, 'registry')
    const restore = (person: string) => restoreBackup({ backup: directory, registryDirectory, recoveryCode, person })
    await expect(restore('somebody else')).rejects.toMatchObject({ code: 'person/unknown' })
    expect(readdirSync(workspace)).toEqual([])

    const [id] = readBackup(directory).manifest.blobs.at(-1)!
    const blob = join(directory, '..', 'blobs', id.slice(0, 2), id)
    const bytes = readFileSync(blob)
    writeFileSync(blob, bytes.with(-1, bytes.at(-1)! ^ 1))
    await expect(restore('admin')).rejects.toMatchObject({ code: 'registry/blob-damaged' })
    expect(readdirSync(workspace)).toEqual([])

    // What a kill left in the middle is in nobody's way.
    writeFileSync(blob, bytes)
    mkdirSync(join(workspace, 'restoring', 'blobs'), { recursive: true })
    writeFileSync(join(workspace, 'restoring', 'registry.db'), 'half of it')
    await restore('ADMIN')
    expect(readdirSync(workspace).sort()).toEqual(['registry', 'workspace.json'])
    for (const place of [registryDirectory, directory]) {
      expect(statSync(join(place, 'registry.db')).mode & 0o077).toBe(0)
    }
  })

  it('is encrypted, and opens for no other code', async () => {
    const { access } = await filled(1)
    const { directory } = makeBackup(backupOrder(access))
    expect(isPlaintext(join(directory, 'registry.db'))).toBe(false)
    await expect(restoreInto(directory, '0000-0000-0000-0000-0000-0000-0000-0000')).rejects.toMatchObject({
      code: 'access/refused',
    })
    access.close()
  })

  it('holds a whole state when it is made in the middle of writing', async () => {
    const { access, registry, by, recoveryCode } = await newWorkspace()
    const backup = runBackup(access)
    let written = 0
    let running = true
    void backup.finally(() => (running = false))
    while (running) {
      const recording = newRecording(registry, `waveform ${written}`)
      registry.change(by, (change) => {
        const { id } = createPatient(change, patientFields({ localId: `P-${written}` }))
        storeRecording(change, { ...recording, patientId: id })
      })
      written += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    const restored = await restoreInto((await backup).directory, recoveryCode)
    expect(restored.report.patients).toBe(restored.report.recordings)
    expect(restored.report.patients).toBeLessThanOrEqual(written)
    restored.access.close()
    access.close()
  })

  it('is refused where a blob or the copy is damaged', async () => {
    const { access, recoveryCode } = await filled(2)
    const { directory } = makeBackup(backupOrder(access))
    const blobs = join(backupFolder(access), 'blobs')
    const blob = join(blobs, readdirSync(blobs)[0]!, readdirSync(join(blobs, readdirSync(blobs)[0]!))[0]!)
    const whole = readFileSync(blob)
    writeFileSync(blob, whole.with(40, whole[40]! ^ 1))
    await expect(restoreInto(directory, recoveryCode)).rejects.toMatchObject({ code: 'registry/blob-damaged' })
    rmSync(blob)
    await expect(restoreInto(directory, recoveryCode)).rejects.toMatchObject({ code: 'registry/blob-missing' })
    writeFileSync(blob, whole)
    const copy = readFileSync(join(directory, 'registry.db'))
    writeFileSync(join(directory, 'registry.db'), copy.with(9000, copy[9000]! ^ 1))
    await expect(restoreInto(directory, recoveryCode)).rejects.toThrow()
    access.close()
  })

  it('is due a day after the last one', async () => {
    const clock = testClock()
    const { access } = await newWorkspace(clock)
    expect(isBackupDue(access)).toBe(true)
    makeBackup(backupOrder(access))
    expect(isBackupDue(access)).toBe(false)
    clock.wallMs += 86_400_000
    expect(isBackupDue(access)).toBe(true)
    access.close()
  })

  it('goes when it is no longer kept, and its blobs with it', async () => {
    const clock = testClock()
    const { access, registry, by } = await newWorkspace(clock)
    for (let day = 0; day < 10; day += 1) {
      makeBackup(backupOrder(access))
      pruneBackups(backupFolder(access))
      clock.wallMs += 86_400_000
    }
    const recording = newRecording(registry, 'late')
    registry.change(by, (change) => storeRecording(change, recording))
    const kept = listBackups(backupFolder(access)).map(({ manifest }) => manifest.madeAt.slice(0, 10))
    // 5 January 2026 was a Monday: seven days, the Sunday of the week before them, and nothing older of the month.
    expect(kept).toEqual(['2026-01-14', '2026-01-13', '2026-01-12', '2026-01-11', '2026-01-10', '2026-01-09', '2026-01-08']) // prettier-ignore
    access.close()
  })
})

describe('what is kept', () => {
  const days = (count: number) =>
    Array.from({ length: count }, (_, day) => new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString())

  it('is 7 daily, 4 weekly and 12 monthly backups at most, the newest always', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 700 }), { minLength: 1 }), (offsets) => {
        const made = offsets.map((day) => days(701)[day]!)
        const kept = backupsToKeep(made)
        expect(kept.size).toBeLessThanOrEqual(23)
        expect(kept.has(made.toSorted().at(-1)!)).toBe(true)
        expect(backupsToKeep([...kept.keys()])).toEqual(kept)
      }),
    )
  })

  it('reaches a year back when a backup was made every day', () => {
    const kept = [...backupsToKeep(days(700)).keys()].toSorted()
    expect(kept.length).toBe(7 + 2 + 10)
    expect(kept[0]!.slice(0, 7)).toBe('2026-01')
  })
})
