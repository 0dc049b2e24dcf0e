import type { DuplicatePair, PatientRow } from '../../../src-preload/contract/index.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { readSetting, writeSetting } from '../tables/settings.ts'

const KEPT_APART_SETTING = 'patients-kept-apart'
const MOST_PAIRS = 200

export interface DuplicateIds {
  firstId: PatientRow['id']
  secondId: PatientRow['id']
  reasons: DuplicatePair['reasons']
}

/** Names without case and blanks; the same birth date, or none in one of the two. */
const SAME_NAME = `SELECT one.id AS firstId, other.id AS secondId, one.birth_date IS other.birth_date AS sameBirthDate
  FROM (SELECT id, number, lower(replace(name, ' ', '')) AS plain, birth_date FROM patient
        WHERE merged_into IS NULL) AS one
  JOIN (SELECT id, number, lower(replace(name, ' ', '')) AS plain, birth_date FROM patient
        WHERE merged_into IS NULL) AS other
    ON other.plain = one.plain AND other.number > one.number
  WHERE one.birth_date = other.birth_date OR one.birth_date IS NULL OR other.birth_date IS NULL
  ORDER BY one.number DESC LIMIT @limit`

/** Pairs of patients that may be one person. Nothing is merged by itself; pairs that were kept apart are left out. */
export function findDuplicates(db: ReadableDb): DuplicateIds[] {
  const apart = new Set(readSetting<string[]>(db, KEPT_APART_SETTING))
  type Row = { firstId: PatientRow['id']; secondId: PatientRow['id']; sameBirthDate: number }
  return statement<Row>(db, SAME_NAME)
    .all({ limit: MOST_PAIRS + apart.size })
    .filter(({ firstId, secondId }) => !apart.has(pairKey(firstId, secondId)))
    .slice(0, MOST_PAIRS)
    .map(({ firstId, secondId, sameBirthDate }) => ({
      firstId,
      secondId,
      reasons: ['same-name', ...(sameBirthDate === 1 ? (['same-birth-date'] as const) : [])],
    }))
}

/** Somebody has looked: they are two people. */
export function keepApart(change: Change, firstId: string, secondId: string): void {
  const apart = new Set(readSetting<string[]>(change.db, KEPT_APART_SETTING))
  apart.add(pairKey(firstId, secondId))
  writeSetting(change.db, KEPT_APART_SETTING, [...apart])
  change.audit({ action: 'patient:keep-apart', kind: 'patient', id: firstId, after: { secondId } })
}

const pairKey = (firstId: string, secondId: string): string => [firstId, secondId].sort().join(' ')
