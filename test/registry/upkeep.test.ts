import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { verifyAudit } from '../../src-main/registry/audit/verify.ts'
import { listBackups } from '../../src-main/registry/backup/manifest.ts'
import { restoreBackup } from '../../src-main/registry/backup/restore.ts'
import { collectOrphans } from '../../src-main/registry/blobs/collect-orphans.ts'
import { schemaVersion } from '../../src-main/registry/migrate.ts'
import { migrations } from '../../src-main/registry/migrations/index.ts'
import type { Registry } from '../../src-main/registry/registry.ts'
import { addAttachment, removeAttachment } from '../../src-main/registry/tables/attachments.ts'
import { storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { registryOf } from './migration-steps.ts'
import { ADMINISTRATOR, newRecording, newWorkspace, QUICK, temporaryFolder, testClock } from './support.ts'

/** As if the file had been written so many hours before the registry's own time. */
function age({ blobs, environment }: Registry, id: string, hours: number): void {
  const at = new Date(environment.now().utcMs - hours * 3_600_000)
  utimesSync(blobs.pathOf(id), at, at)
}

describe('the collection of orphans', () => {
  it('takes what a kill left between blob and row after a day, what was detached, and nothing else', async () => {
    const { registry, by } = await newWorkspace()
    const recording = newRecording(registry, 'named')
    registry.change(by, (change) => storeRecording(change, recording))
    const left = registry.blobs.put(Buffer.from('left by a kill'))
    const young = registry.blobs.put(Buffer.from('waits for its row'))
    const detached = registry.blobs.put(Buffer.from('a report'))
    const id = registry.change(by, (change) => {
      const [{ id: recordingId }] = change.db.prepare('SELECT id FROM recording').all() as [{ id: string }]
      const owner = { patientId: null, recordingId, screeningId: null }
      return addAttachment(change, {
        ...owner,
        kind: 'report',
        name: 'a',
        mediaType: 'a/b',
        details: {},
        blob: detached,
      })
    })
    for (const blob of [recording.waveform, left, detached]) age(registry, blob.id, 48)
    age(registry, young.id, 1)
    expect(collectOrphans(registry, by)).toEqual({ rows: 0, files: 1 })
    expect(existsSync(registry.blobs.pathOf(left.id))).toBe(false)
    registry.change(by, (change) => removeAttachment(change, id, 'wrong patient'))
    expect(collectOrphans(registry, by)).toEqual({ rows: 1, files: 1 })
    expect(registry.blobs.get(young.id).toString()).toBe('waits for its row')
    expect(registry.blobs.get(recording.waveform.id).toString()).toBe('named')
    expect(collectOrphans(registry, by)).toEqual({ rows: 0, files: 0 })
  })

  it('never takes a blob from an import that is under way, whenever it runs', async () => {
    const { registry, by } = await newWorkspace()
    for (let round = 0; round < 100; round += 1) {
      const content = `content ${round % 20}`
      // An orphan of long ago whose content is wanted again at this very moment.
      age(registry, registry.blobs.put(Buffer.from(content)).id, 1000)
      const steps = [
        () => void newRecording(registry, content),
        () => void registry.change(by, (change) => storeRecording(change, newRecording(registry, content))),
      ]
      steps.splice(randomInt(steps.length + 1), 0, () => void collectOrphans(registry, by))
      for (const step of steps) step()
      collectOrphans(registry, by)
      const rows = registry.db.prepare('SELECT id FROM blob').all() as { id: string }[]
      for (const { id } of rows) registry.blobs.get(id)
    }
  })
})

/** A workspace whose registry an application of `schema` wrote, with somebody who may sign in. */
async function workspaceOf(schema: number) {
  const { workspace, access, registry, by, recoveryCode } = await newWorkspace()
  const dataKey = Buffer.from(access.dataKey())
  const person = registry.db.prepare('SELECT * FROM person').get() as Record<string, string>
  const key = registry.db.prepare(`SELECT value_json AS value FROM setting WHERE name = 'signing-key'`).get() as { value: string } // prettier-ignore
  access.close()
  for (const name of ['registry.db', 'audit-head.json']) rmSync(join(workspace, 'registry', name))
  const { db } = registryOf(schema, workspace, dataKey)
  db.prepare('INSERT INTO person (id, login_name, display_name, roles_json, created_ms) VALUES (?, ?, ?, ?, 1)').run(
    by.id,
    person['login_name'],
    person['display_name'],
    person['roles_json'],
  )
  db.prepare(`INSERT INTO setting VALUES ('signing-key', ?)`).run(key.value)
  // A blob that the registry lost long ago must not keep it from being opened.
  db.prepare('INSERT INTO blob VALUES (?, 5, 1)').run('c'.repeat(64))
  const patients = db.prepare('SELECT id, local_id, name FROM patient ORDER BY id').all()
  db.close()
  return { workspace, recoveryCode, patients }
}

describe('a registry of an earlier version', () => {
  for (const schema of [1, migrations.length - 1]) {
    it(`of schema ${schema} is backed up before it is migrated, and the trail says so`, async () => {
      const { workspace, recoveryCode, patients } = await workspaceOf(schema)
      const access = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
      await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
      const { db } = access.registry()
      expect(schemaVersion(db)).toBe(migrations.length)
      expect(listAudit(db, { limit: 9 }).map(({ action }) => action)).toContain('registry:migrate')
      expect(verifyAudit(db, []).ok).toBe(true)
      const [backup, ...others] = listBackups(join(workspace, 'backups'))
      expect(others).toEqual([])
      expect(backup!.manifest.schema).toBe(schema)
      access.signOut()
      await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
      expect(listBackups(join(workspace, 'backups'))).toHaveLength(1)
      access.close()

      const elsewhere = temporaryFolder()
      const registryDirectory = join(elsewhere, 'registry')
      const order = { backup: backup!.directory, registryDirectory, recoveryCode, person: ADMINISTRATOR.loginName }
      expect(await restoreBackup(order)).toMatchObject({ patients: patients.length })
    })
  }

  it('is not migrated where it cannot be backed up', async () => {
    const { workspace } = await workspaceOf(1)
    // A file where the folder of the backups would be made.
    writeFileSync(join(workspace, 'backups'), '')
    const access = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
    await expect(access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)).rejects.toThrow()
    access.close()
    rmSync(join(workspace, 'backups'))
    const again = WorkspaceAccess.open({ workspace, environment: testClock(), parameters: QUICK })
    await again.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
    expect(listBackups(join(workspace, 'backups')).map(({ manifest }) => manifest.schema)).toEqual([1])
    expect(readdirSync(join(workspace, 'backups'))).toHaveLength(1)
    again.close()
  })
})
