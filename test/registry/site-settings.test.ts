import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SiteSettings } from '../../src-preload/contract/settings.ts'
import { settingsHandlers } from '../../src-main/app/handlers/settings.ts'
import type { Services } from '../../src-main/app/services.ts'
import { listAudit } from '../../src-main/registry/audit/list.ts'
import { backupFolder, isBackupDue } from '../../src-main/registry/backup/run-backup.ts'
import { openEncrypted } from '../../src-main/registry/database.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'
import { migrate } from '../../src-main/registry/migrate.ts'
import { migrations } from '../../src-main/registry/migrations/index.ts'
import { Registry } from '../../src-main/registry/registry.ts'
import { DEFAULT_SITE_SETTINGS, readSiteSettings } from '../../src-main/registry/tables/site-settings.ts'
import { ADMINISTRATOR, newWorkspace, temporaryFolder } from './support.ts'

async function site() {
  const workspace = await newWorkspace()
  const handlers = settingsHandlers({ access: workspace.access } as Services)
  const entries = () => listAudit(workspace.registry.db, { kind: 'setting', limit: 99 })
  return { ...workspace, handlers, entries }
}

describe('the settings of a site', () => {
  it('begin with defaults that the contract accepts', async () => {
    const { registry, access } = await site()
    expect(SiteSettings.parse(readSiteSettings(registry.db))).toEqual(DEFAULT_SITE_SETTINGS)
    access.close()
  })

  it('keep what was changed over a sign-out, and the trail has each one before and after', async () => {
    const { access, handlers, entries } = await site()
    const prevalence = { ...DEFAULT_SITE_SETTINGS.prevalence, hf: { share: 0.02, source: 'own clinic, 2025' } }
    handlers['settings:change']({ siteName: 'Ward 3', operatingPoint: 'balanced', prevalence })
    expect(entries().map(({ id, beforeJson, afterJson }) => [id, beforeJson, afterJson]).toSorted()).toEqual([
      ['prevalence', '{"cad":null,"cm":null,"hf":null,"ph":null}', '{"cad":null,"cm":null,"hf":{"share":0.02,"source":"own clinic, 2025"},"ph":null}'],
      ['siteName', '""', '"Ward 3"'],
    ]) // prettier-ignore
    access.signOut()
    await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
    const changed = { ...DEFAULT_SITE_SETTINGS, siteName: 'Ward 3', prevalence }
    expect(handlers['settings:read']()).toEqual(changed)
    handlers['settings:change']({ prevalence: { ...prevalence, hf: null } })
    expect(handlers['settings:read']()).toEqual({ ...changed, prevalence: DEFAULT_SITE_SETTINGS.prevalence })
    access.close()
  })

  it('that stay as they are leave no entry', async () => {
    const { access, handlers, entries } = await site()
    handlers['settings:change']({ ...DEFAULT_SITE_SETTINGS })
    handlers['settings:change']({})
    expect(entries()).toEqual([])
    access.close()
  })

  it('set the idle lock at once, and say so', async () => {
    const { access, handlers } = await site()
    const told: number[] = []
    access.onChange(({ idleLockMinutes }) => told.push(idleLockMinutes))
    handlers['settings:change']({ idleLockMinutes: 4 })
    expect([access.describe().idleLockMinutes, told]).toEqual([4, [4]])
    access.close()
  })

  it('are refused by the database itself where the contract would refuse them', async () => {
    const { access, registry, by } = await site()
    const refusedBy = (sql: string) =>
      expect(() => registry.change(by, ({ db }) => db.exec(sql)), sql).toThrow('CHECK constraint failed')
    refusedBy(`UPDATE site SET idle_lock_minutes = 1`)
    refusedBy(`UPDATE site SET operating_point = 'strict'`)
    refusedBy(`UPDATE site SET report_paper = 'A5'`)
    refusedBy(`UPDATE site SET paper_speed_mm_per_s = 30`)
    refusedBy(`INSERT INTO site (one) VALUES (2)`)
    refusedBy(`INSERT INTO site_prevalence VALUES ('cad', 1.2, '')`)
    refusedBy(`INSERT INTO site_prevalence VALUES ('flu', 0.1, '')`)
    access.close()
  })
})

describe('backups', () => {
  it('go to the folder that was set, which must be there and take files', async () => {
    const { access, handlers, entries, workspace } = await site()
    expect(backupFolder(access)).toBe(join(workspace, 'backups'))
    for (const folder of ['backups', join(workspace, 'nowhere'), join(workspace, 'registry', 'registry.db')]) {
      expect(() => handlers['settings:change']({ backupFolder: folder }), folder).toThrow(
        expect.objectContaining({ code: 'backup/folder-unusable' }),
      )
    }
    expect(entries()).toEqual([])
    const folder = temporaryFolder()
    handlers['settings:change']({ backupFolder: folder })
    expect(backupFolder(access)).toBe(folder)
    access.close()
  })

  it('are due by themselves on the schedule, or never where they are made by hand', async () => {
    const { access, handlers } = await site()
    expect(isBackupDue(access)).toBe(true)
    handlers['settings:change']({ backupSchedule: 'by-hand' })
    expect(isBackupDue(access)).toBe(false)
    handlers['settings:change']({ backupSchedule: 'weekly' })
    expect(isBackupDue(access)).toBe(true)
    access.close()
  })
})

describe('a registry from before there were such settings', () => {
  it('keeps its idle lock and its backup folder', () => {
    const directory = join(temporaryFolder(), 'registry')
    mkdirSync(directory)
    const dataKey = randomBytes(32)
    const db = openEncrypted(join(directory, 'registry.db'), deriveKey(dataKey, 'database'))
    migrate(db, migrations, 3)
    db.exec(`INSERT INTO setting VALUES ('idle-lock-minutes', '5'), ('backup-folder', '"/media/usb 盘"')`)
    db.close()
    const registry = Registry.open({ directory, dataKey })
    expect(readSiteSettings(registry.db)).toEqual({
      ...DEFAULT_SITE_SETTINGS,
      idleLockMinutes: 5,
      backupFolder: '/media/usb 盘',
    })
    registry.close()
  })
})
