import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Backups } from '../../../src-main/app/backups.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import type { BackupProgress } from '../../../src-main/registry/backup/make-backup.ts'
import { changeSiteSettings } from '../../../src-main/registry/tables/site-settings.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { newRecording, newWorkspace, temporaryFolder, testClock } from '../../registry/support.ts'

async function backedUp() {
  const clock = testClock()
  const workspace = await newWorkspace(clock)
  const { registry, by, access } = workspace
  registry.change(by, (change) => storeRecording(change, newRecording(registry, 'one waveform')))
  const log: string[] = []
  const backups = new Backups(access, (line) => log.push(line))
  return { ...workspace, clock, backups, log }
}

describe('backups of a workspace', () => {
  it('tell what they hold, why they are kept and when they were read back last', async () => {
    const { backups, clock, access } = await backedUp()
    const told: BackupProgress[] = []
    await backups.make((progress) => told.push(progress))
    expect(told.map(({ step }) => step)).toEqual(['registry', 'files'])
    const [made] = backups.describe().backups
    expect(made).toMatchObject({ keptFor: ['day', 'week', 'month'], provedAt: made!.madeAt })
    expect(made!.files).toBeGreaterThan(0)
    expect(made!.bytes).toBeGreaterThan(4096)
    clock.wallMs += 3_600_000
    await backups.prove(made!.name)
    expect(backups.describe().backups[0]!.provedAt).toBe(new Date(clock.wallMs).toISOString())
    expect(listAudit(access.registry().db, { limit: 1 })[0]!.action).toBe('backup:prove')
    access.close()
  })

  it('that lost a byte are found when they are read back, and not called proved', async () => {
    const { backups, workspace, access } = await backedUp()
    await backups.make()
    const [made] = backups.describe().backups
    const blobs = join(workspace, 'backups', 'blobs')
    const [group] = readdirSync(blobs)
    const [blob] = readdirSync(join(blobs, group!))
    const path = join(blobs, group!, blob!)
    const bytes = readFileSync(path)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(path, bytes)
    await expect(backups.prove(made!.name)).rejects.toMatchObject({ code: 'registry/blob-damaged' })
    expect(backups.describe().backups[0]!.provedAt).toBe(made!.madeAt)
    expect(backups.running).toBeNull()
    access.close()
  })

  it('are made one at a time', async () => {
    const { backups, access } = await backedUp()
    const first = backups.make()
    expect(backups.running).toBe('make')
    await expect(backups.make()).rejects.toMatchObject({ code: 'backup/running' })
    await first
    access.close()
  })

  it('that nobody asked for leave word of their failure, until one succeeds', async () => {
    const { backups, access, registry, by, log } = await backedUp()
    const gone = join(temporaryFolder(), 'a file')
    writeFileSync(gone, '')
    registry.change(by, (change) => changeSiteSettings(change, { backupFolder: join(gone, 'within') }))
    await backups.makeUnasked()
    expect(backups.describe().lastFailure!.code).toMatch(/^(registry|backup)\//)
    expect(log.join()).not.toContain(gone)
    registry.change(by, (change) => changeSiteSettings(change, { backupFolder: null }))
    await backups.make()
    expect(backups.describe().lastFailure).toBeNull()
    access.close()
  })
})
