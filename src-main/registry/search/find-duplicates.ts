import type { DuplicatePair, PatientRow } from '../../../src-preload/contract/index.ts'
import type { ReadableDb } from '../database.ts'
import { readSetting } from '../tables/settings.ts'
import { KEPT_APART_SETTING, pairKey } from './keep-apart.ts'
import { isAlike, nameForms, plainId, type NameForms } from './likeness.ts'

/** As many pairs are proposed at a time; the next come up as these are decided. */
const MOST_PAIRS = 200
/** More than this many pairs are a fault of the data (one name for everybody), not duplicates. */
const MOST_FOUND = 20_000
/** So many born on one day are compared each with each; of more (a made-up day), only who has the same name. */
const MOST_COMPARED = 400

export interface DuplicateIds {
  firstId: PatientRow['id']
  secondId: PatientRow['id']
  reasons: DuplicatePair['reasons']
}

interface Row {
  readonly id: PatientRow['id']
  readonly number: number
  readonly localId: string
  readonly name: string
  readonly sex: PatientRow['sex']
  readonly birthDate: string | null
}
/** Enough to name one of a pair. */
type Known = Pick<Row, 'id' | 'number'>
type Named = Row & { readonly forms: NameForms }

/**
 * Pairs of patients that may be one person, the likeliest first: one name, or names that sound alike, and one date of
 * birth; one name where a date is missing; one ID but for leading zeros and case. Nothing is merged by itself; pairs that
 * were kept apart are left out. Walks through all patients: work for a thread of its own.
 */
export function findDuplicates(db: ReadableDb): DuplicateIds[] {
  const found = new Map<string, { first: Known; second: Known; reasons: Set<DuplicatePair['reasons'][number]> }>()
  const note = (one: Known, other: Known, ...reasons: DuplicatePair['reasons']): void => {
    const key = pairKey(one.id, other.id)
    const [first, second] = one.number < other.number ? [one, other] : [other, one]
    const pair = found.get(key)
    if (pair) for (const reason of reasons) pair.reasons.add(reason)
    else if (found.size < MOST_FOUND) found.set(key, { first, second, reasons: new Set(reasons) })
  }
  for (const sameDay of byBirthDate(db)) compareAll(sameDay, note)
  compareUndated(db, note)
  compareIds(db, note)
  const apart = new Set(readSetting<string[]>(db, KEPT_APART_SETTING))
  return [...found]
    .filter(([key]) => !apart.has(key))
    .map(([, pair]) => pair)
    .sort((one, other) => likelihood(other.reasons) - likelihood(one.reasons) || other.first.number - one.first.number)
    .slice(0, MOST_PAIRS)
    .map(({ first, second, reasons }) => ({ firstId: first.id, secondId: second.id, reasons: [...reasons] }))
}

type Note = (one: Known, other: Known, ...reasons: DuplicatePair['reasons']) => void

const WEIGHTS = { 'same-name': 4, 'same-birth-date': 2, 'similar-id': 2, 'similar-name': 1 } as const
const likelihood = (reasons: Iterable<keyof typeof WEIGHTS>): number =>
  [...reasons].reduce((sum, reason) => sum + WEIGHTS[reason], 0)

const rows = (db: ReadableDb, where: string, order: string): IterableIterator<Row> =>
  db
    .prepare(
      `SELECT id, number, local_id AS localId, name, sex, birth_date AS birthDate FROM patient
       WHERE merged_into IS NULL AND ${where} ORDER BY ${order}`,
    )
    .iterate() as IterableIterator<Row>

/** Everybody with a date of birth, day by day. */
function* byBirthDate(db: ReadableDb): Generator<Named[]> {
  let day: Named[] = []
  for (const row of rows(db, 'birth_date IS NOT NULL', 'birth_date, number')) {
    if (day.length > 0 && day[0]!.birthDate !== row.birthDate) {
      yield day
      day = []
    }
    day.push({ ...row, forms: nameForms(row.name) })
  }
  yield day
}

function compareAll(sameDay: readonly Named[], note: Note): void {
  for (const same of Map.groupBy(sameDay, ({ forms }) => forms.plain).values()) {
    for (const [one, other] of pairsOf(same)) note(one, other, 'same-name', 'same-birth-date')
  }
  if (sameDay.length > MOST_COMPARED) return
  for (const [one, other] of pairsOf(sameDay)) {
    if (one.forms.plain === other.forms.plain || contradict(one.sex, other.sex)) continue
    if (isAlike(one.forms, other.forms)) note(one, other, 'similar-name', 'same-birth-date')
  }
}

/** Without a date of birth only the same name says anything. */
function compareUndated(db: ReadableDb, note: Note): void {
  const undated = Map.groupBy(
    [...rows(db, 'birth_date IS NULL', 'number')].map((row) => ({ ...row, forms: nameForms(row.name) })),
    ({ forms }) => forms.plain,
  )
  if (undated.size === 0) return
  for (const same of undated.values()) for (const [one, other] of pairsOf(same)) note(one, other, 'same-name')
  for (const row of rows(db, 'birth_date IS NOT NULL', 'number')) {
    for (const other of undated.get(nameForms(row.name).plain) ?? []) note(row, other, 'same-name')
  }
}

function compareIds(db: ReadableDb, note: Note): void {
  const seen = new Map<string, Pick<Row, 'id' | 'number' | 'birthDate'>[]>()
  for (const { id, number, localId, birthDate } of rows(db, 'TRUE', 'number')) {
    const row = { id, number, birthDate }
    const same = seen.get(plainId(localId)) ?? []
    for (const other of same) if (!contradict(birthDate, other.birthDate)) note(other, row, 'similar-id')
    seen.set(plainId(localId), [...same, row])
  }
}

const contradict = (one: string | null, other: string | null): boolean =>
  one !== other && ![one, other].some((said) => said === null || said === 'unknown')

function* pairsOf<Item>(items: readonly Item[]): Generator<[Item, Item]> {
  for (let second = 1; second < items.length; second += 1) {
    for (let first = 0; first < second; first += 1) yield [items[first]!, items[second]!]
  }
}
