import type { WritableDb } from '../database.ts'
import { searchTokens } from '../search/search-tokens.ts'

/**
 * The index behind the search field: normalised pieces of names and ids, whose beginnings are looked up. It holds no
 * copy of the text (`content=''`), which an encrypted file of a million patients would feel.
 */
export default function addPatientSearch(db: WritableDb): void {
  db.exec(`CREATE VIRTUAL TABLE patient_search USING fts5(
    tokens, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='ascii')`)
  const insert = db.prepare('INSERT INTO patient_search (rowid, tokens) VALUES (?, ?)')
  const patients = db.prepare(
    'SELECT number, local_id, name, birth_date FROM patient WHERE number > ? ORDER BY number LIMIT 1000',
  )
  type Row = { number: number; local_id: string; name: string; birth_date: string | null }
  for (let after = 0; ;) {
    const rows = patients.all(after) as Row[]
    for (const row of rows) {
      insert.run(row.number, searchTokens({ localId: row.local_id, name: row.name, birthDate: row.birth_date }))
      after = row.number
    }
    if (rows.length === 0) return
  }
}
