/** `settings:*`: what a site decides once for everybody who works in its workspace. */
import { z } from 'zod'
import {
  BACKUP_SCHEDULES,
  MAX_IDLE_MINUTES,
  MIN_IDLE_MINUTES,
  OPERATING_POINTS,
  PAPER_GAINS_MM_PER_MV,
  PAPER_SPEEDS_MM_PER_S,
  REPORT_PAPERS,
} from './constants.ts'

/** How common a disease is among the people whom this site records, and where the number comes from. */
export const SitePrevalence = z.strictObject({
  share: z.number().gt(0).lt(1),
  source: z.string().trim().max(500),
})
export type SitePrevalence = z.infer<typeof SitePrevalence>

/**
 * Which threshold results are marked by until somebody chooses otherwise: `screen` finds 90 % of the ill, `balanced` is
 * Youden's, `rule-in` keeps false alarms few.
 */
export const OperatingPoint = z.enum(OPERATING_POINTS)
export type OperatingPoint = z.infer<typeof OperatingPoint>

/** Null where nobody said how common the disease is here. */
const prevalence = SitePrevalence.nullable()

export const SiteSettings = z.strictObject({
  /** Empty until somebody names the site. */
  siteName: z.string().trim().max(200),
  prevalence: z.strictObject({ cad: prevalence, hf: prevalence, cm: prevalence, ph: prevalence }),
  operatingPoint: OperatingPoint,
  idleLockMinutes: z.int().min(MIN_IDLE_MINUTES).max(MAX_IDLE_MINUTES),
  /** The paper that reports are laid out for. */
  reportPaper: z.enum(REPORT_PAPERS),
  /** How an ECG is drawn until somebody chooses otherwise. */
  paperSpeedMmPerS: z.literal(PAPER_SPEEDS_MM_PER_S),
  paperGainMmPerMv: z.literal(PAPER_GAINS_MM_PER_MV),
  /** An absolute path; null for the folder beside the registry. */
  backupFolder: z.string().min(1).max(1000).nullable(),
  backupSchedule: z.enum(BACKUP_SCHEDULES),
})
export type SiteSettings = z.infer<typeof SiteSettings>

/** What is to change; what it does not name stays. */
export const SettingsPatch = SiteSettings.partial()
export type SettingsPatch = z.infer<typeof SettingsPatch>

export const settingsContract = {
  'settings:read': { input: z.void(), output: SiteSettings },
  /** Refused with `backup/folder-unusable` where backups could not be written to the folder. */
  'settings:change': { input: SettingsPatch, output: SiteSettings },
} as const
