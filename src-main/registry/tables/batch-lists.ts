import { statement, type ReadableDb } from '../database.ts'
import { ITEM_COLUMNS, toItem, type BatchItem, type ItemOutcome } from './batch-items.ts'

export interface BatchCounts {
  queued: number
  screened: number
  limited: number
  refused: number
  known: number
  waiting: number
}

export function countItems(db: ReadableDb, batchId: string): BatchCounts {
  const counts: BatchCounts = { queued: 0, screened: 0, limited: 0, refused: 0, known: 0, waiting: 0 }
  const rows = statement<{ outcome: keyof BatchCounts; count: number }>(
    db,
    `SELECT coalesce(outcome, 'queued') AS outcome, count(*) AS count FROM batch_item WHERE batch_id = ? GROUP BY 1`,
  ).all(batchId)
  for (const { outcome, count } of rows) counts[outcome] = count
  return counts
}

/** Why files were refused, the most frequent first. */
export function countCodes(db: ReadableDb, batchId: string): { code: string; count: number }[] {
  return statement<{ code: string; count: number }>(
    db,
    `SELECT code, count(*) AS count FROM batch_item WHERE batch_id = ? AND outcome = 'refused' AND code IS NOT NULL
     GROUP BY code ORDER BY count DESC, code`,
  ).all(batchId)
}

export interface ItemFilter {
  readonly batchId: string
  /** Empty: all of them, queued ones too. */
  readonly outcomes: readonly ItemOutcome[]
  /** Occurs in the path; empty for all. */
  readonly text: string
}

export function listItems(db: ReadableDb, filter: ItemFilter, offset: number, limit: number): BatchItem[] {
  const { where, bound } = conditions(filter)
  return statement<Parameters<typeof toItem>[0]>(
    db,
    `SELECT ${ITEM_COLUMNS} FROM batch_item WHERE ${where} ORDER BY number LIMIT @limit OFFSET @offset`,
  )
    .all({ ...bound, offset, limit })
    .map(toItem)
}

export function countFiltered(db: ReadableDb, filter: ItemFilter): number {
  const { where, bound } = conditions(filter)
  return statement<{ count: number }>(db, `SELECT count(*) AS count FROM batch_item WHERE ${where}`).get(bound)!.count
}

/** Files that wait for the same answer. */
export interface Question {
  readonly header: string | null
  readonly count: number
  /** The first of them: its answer is that of all. */
  readonly item: BatchItem
}

export function listQuestions(db: ReadableDb, batchId: string): Question[] {
  const rows = statement<Parameters<typeof toItem>[0] & { count: number }>(
    db,
    `SELECT count(*) AS count, ${ITEM_COLUMNS} FROM batch_item WHERE batch_id = ? AND waiting_for = 'answer'
     GROUP BY coalesce(header, id) HAVING min(batch_item.number) ORDER BY batch_item.number`,
  ).all(batchId)
  return rows.map(({ count, ...row }) => ({ header: row.header, count, item: toItem(row) }))
}

function conditions({ batchId, outcomes, text }: ItemFilter): {
  where: string
  bound: Record<string, string>
} {
  const bound: Record<string, string> = { batchId }
  const wanted = ['batch_id = @batchId']
  if (outcomes.length > 0) {
    const names = outcomes.map((outcome, index) => {
      bound[`outcome${index}`] = outcome
      return `@outcome${index}`
    })
    wanted.push(`outcome IN (${names.join(', ')})`)
  }
  if (text.trim() !== '') {
    wanted.push(`path LIKE @like ESCAPE '\\'`)
    bound['like'] = `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  }
  return { where: wanted.join(' AND '), bound }
}
