import type { Change } from '../registry.ts'
import { readSetting, writeSetting } from '../tables/settings.ts'

export const KEPT_APART_SETTING = 'patients-kept-apart'

/** Somebody has looked: they are two people, and are not proposed again. */
export function keepApart(change: Change, firstId: string, secondId: string): void {
  const apart = new Set(readSetting<string[]>(change.db, KEPT_APART_SETTING))
  apart.add(pairKey(firstId, secondId))
  writeSetting(change.db, KEPT_APART_SETTING, [...apart])
  change.audit({ action: 'patient:keep-apart', kind: 'patient', id: firstId, after: { secondId } })
}

/** One key for a pair, whoever of the two is named first. */
export const pairKey = (firstId: string, secondId: string): string => [firstId, secondId].sort().join(' ')
