import type { SettingsPatch, SiteSettings } from '../../../src-preload/contract/settings.ts'
import { FINDINGS } from '../../../src-preload/contract/constants.ts'
import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** What a registry begins with; also what holds where there is none, as for the command line without a workspace. */
export const DEFAULT_SITE_SETTINGS: SiteSettings = {
  siteName: '',
  prevalence: { cad: null, hf: null, cm: null, ph: null },
  operatingPoint: 'balanced',
  idleLockMinutes: 10,
  reportPaper: 'A4',
  paperSpeedMmPerS: 25,
  paperGainMmPerMv: 10,
  backupFolder: null,
  backupSchedule: 'daily',
}

type Row = Omit<SiteSettings, 'prevalence'>

export function readSiteSettings(db: ReadableDb): SiteSettings {
  const row = statement<Row>(
    db,
    `SELECT name AS siteName, operating_point AS operatingPoint, idle_lock_minutes AS idleLockMinutes,
      report_paper AS reportPaper, paper_speed_mm_per_s AS paperSpeedMmPerS, paper_gain_mm_per_mv AS paperGainMmPerMv,
      backup_folder AS backupFolder, backup_schedule AS backupSchedule FROM site`,
  ).get()
  return { ...row!, prevalence: readPrevalence(db) }
}

/** Names of the settings that the patch would make other than they are. */
export function differingSettings(before: SiteSettings, patch: SettingsPatch): (keyof SiteSettings)[] {
  const after = patched(before, patch)
  return (Object.keys(before) as (keyof SiteSettings)[]).filter(
    (name) => canonicalJson(before[name]) !== canonicalJson(after[name]),
  )
}

/** Changes what the patch names; the trail has each setting that differs, before and after. */
export function changeSiteSettings(change: Change, patch: SettingsPatch): void {
  const before = readSiteSettings(change.db)
  const after = patched(before, patch)
  const differing = differingSettings(before, patch)
  statement(
    change.db,
    `UPDATE site SET name = @siteName, operating_point = @operatingPoint, idle_lock_minutes = @idleLockMinutes,
      report_paper = @reportPaper, paper_speed_mm_per_s = @paperSpeedMmPerS,
      paper_gain_mm_per_mv = @paperGainMmPerMv, backup_folder = @backupFolder, backup_schedule = @backupSchedule`,
  ).run(after)
  if (differing.includes('prevalence')) writePrevalence(change, after.prevalence)
  for (const name of differing) {
    change.audit({ action: 'setting:change', kind: 'setting', id: name, before: before[name], after: after[name] })
  }
}

function readPrevalence(db: ReadableDb): SiteSettings['prevalence'] {
  const rows = statement<{ disease: keyof SiteSettings['prevalence']; share: number; source: string }>(
    db,
    'SELECT disease, share, source FROM site_prevalence',
  ).all()
  const said = rows.map(({ disease, share, source }) => [disease, { share, source }] as const)
  return { ...DEFAULT_SITE_SETTINGS.prevalence, ...Object.fromEntries(said) }
}

function writePrevalence({ db }: Change, prevalence: SiteSettings['prevalence']): void {
  statement(db, 'DELETE FROM site_prevalence').run()
  const insert = statement(db, 'INSERT INTO site_prevalence (disease, share, source) VALUES (?, ?, ?)')
  for (const disease of FINDINGS) {
    const said = prevalence[disease]
    if (said) insert.run(disease, said.share, said.source)
  }
}

function patched(before: SiteSettings, patch: SettingsPatch): SiteSettings {
  const said = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...before, ...(Object.fromEntries(said) as Partial<SiteSettings>) }
}
