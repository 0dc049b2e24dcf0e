import { isoDateOf } from '../../../src-preload/contract/iso-date.ts'
import { statement, type ReadableDb } from '../database.ts'
import { tally } from '../lists/tally.ts'
import { matchQuery } from './match-query.ts'
import { searchTokens, searchWords } from './search-tokens.ts'

export type Finding = 'cad' | 'hf' | 'cm' | 'ph'

/** A search counts so far, and shows no more: whoever gets that many types another letter. */
export const MOST_FOUND = 2000

/**
 * Patients that match what was typed: any part of a name, pinyin, initials, an id, a birth date; a whole date also finds
 * who was recorded on it. Merged ones are left out.
 *
 * @returns row numbers, newest first, at most `limit`
 */
export function searchPatients(db: ReadableDb, typed: string, finding: Finding | null, limit: number): number[] {
  const day = isoDateOf(typed)
  const named = byWords(db, day ?? typed, finding, limit)
  if (!day) return named
  const visitors = statement<{ number: number }>(
    db,
    `SELECT number FROM patient_visit WHERE date = @date ${having(finding, 'patient_visit.number')}
     ORDER BY number DESC LIMIT @limit`,
  ).all({ date: day, limit, ...(finding && { finding }) })
  const both = new Set([...named, ...visitors.map(({ number }) => number)])
  return [...both].sort((one, other) => other - one).slice(0, limit)
}

function byWords(db: ReadableDb, typed: string, finding: Finding | null, limit: number): number[] {
  const match = matchQuery(typed)
  if (match === null) return []
  if (finding !== null && tally(db, finding) <= MOST_FOUND) return amongFew(db, typed, finding, limit)
  return statement<{ number: number }>(
    db,
    `SELECT rowid AS number FROM patient_search WHERE patient_search MATCH @match ${having(finding, 'patient_search.rowid')}
     ORDER BY rowid DESC LIMIT @limit`,
  )
    .all({ match, limit, ...(finding && { finding }) })
    .map(({ number }) => number)
}

const having = (finding: Finding | null, number: string): string =>
  finding === null ? '' : `AND EXISTS (SELECT 1 FROM patient_finding WHERE finding = @finding AND number = ${number})`

interface Candidate {
  number: number
  localId: string
  name: string
  birthDate: string | null
}

/** Few have the finding: each of them is compared with the words, as the index would. */
function amongFew(db: ReadableDb, typed: string, finding: Finding, limit: number): number[] {
  const wanted = searchWords(typed)
  return statement<Candidate>(
    db,
    `SELECT patient.number AS number, local_id AS localId, name, birth_date AS birthDate
     FROM patient_finding JOIN patient ON patient.number = patient_finding.number
     WHERE finding = ? ORDER BY patient_finding.number DESC`,
  )
    .all(finding)
    .filter((patient) => {
      const tokens = searchTokens(patient).split(' ')
      return wanted.every((word) => tokens.some((token) => token.startsWith(word)))
    })
    .slice(0, limit)
    .map(({ number }) => number)
}
