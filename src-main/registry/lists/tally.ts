import { statement, type ReadableDb } from '../database.ts'

export type TallyName =
  | 'patients'
  | 'recordings'
  | 'unassigned'
  | 'positive'
  | 'unscreened'
  | 'refused'
  | 'draft'
  | 'reviewed'
  | 'signed'
  | 'amended'
  | 'cad'
  | 'hf'
  | 'cm'
  | 'ph'

/** How many there are, kept with every change: no list is counted to answer this. */
export function tally(db: ReadableDb, name: TallyName): number {
  return statement<{ count: number }>(db, 'SELECT count FROM tally WHERE name = ?').get(name)!.count
}
