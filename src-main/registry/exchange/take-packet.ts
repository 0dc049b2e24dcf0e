import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement } from '../database.ts'
import type { Actor, Registry } from '../registry.ts'
import { insertRow, insertTravellers } from './insert-row.ts'
import type { Packet, Row } from './packet.ts'
import { tableShape } from './table-shape.ts'
import { takePatient } from './take-patient.ts'
import { takeRecording, takeSource } from './take-recording.ts'
import { takeReviews } from './take-reviews.ts'
import { isKnown, Taking, type Sender, type Tally } from './taking.ts'
import { TRAVELLING, type TravellingTable } from './travelling-tables.ts'

/** Ends a change that turned out to change nothing. */
class NothingNew extends Error {}

/**
 * Takes one packet over, in one transaction. A packet that holds nothing new leaves no trace.
 *
 * @param blobs  contents of the packet, on the disk already
 */
export function takePacket(
  registry: Registry,
  by: Actor,
  from: Sender,
  packet: Packet,
  blobs: ReadonlyMap<string, StoredBlob>,
): Tally | null {
  try {
    return registry.change(by, (change) => {
      const taking = new Taking(change, from, packet, blobs)
      insertTravellers(change.db, packet.people, change.at.utcMs)
      take(taking, packet.rows)
      if (!taking.news) throw new NothingNew()
      const tally = taking.tally
      change.audit({ action: 'exchange:take', kind: 'registry', id: null, after: { from: from.workspace, ...tally } })
      return tally
    })
  } catch (error) {
    if (error instanceof NothingNew) return null
    if ((error as { code?: string }).code?.startsWith('SQLITE_CONSTRAINT')) {
      throw new AppError(
        'bundle/unfit',
        'A record of the bundle breaks a rule of the registry. It was not taken over, and nothing after it.',
        { cause: error },
      )
    }
    throw error
  }
}

function take(taking: Taking, rows: Packet['rows']): void {
  const of = (table: string): readonly Row[] => rows[table] ?? []
  // Kept ones come before those who were merged into them.
  for (const row of of('patient')) takePatient(taking, row)
  for (const row of of('recording')) takeRecording(taking, row)
  for (const row of of('recording_source')) {
    const files = of('recording_file').filter((file) => file['source_id'] === row['id'])
    takeSource(taking, row, files)
  }
  for (const table of TRAVELLING)
    if (!TAKEN_APART.has(table.name)) for (const row of of(table.name)) addOnce(taking, table, row)
  const reviewed = Map.groupBy(of('review'), (row) => String(row['screening_id']))
  for (const [screeningId, reviews] of reviewed) takeReviews(taking, screeningId, reviews)
}

/** Tables that are compared, not only added to. */
const TAKEN_APART = new Set(['patient', 'recording', 'recording_source', 'recording_file', 'review'])

/** Rows that never change: whatever is not here is added, unless somebody removed it here. */
function addOnce(taking: Taking, table: TravellingTable, row: Row): void {
  const { change, from } = taking
  const { db } = change
  const key = Object.fromEntries(table.key.map((column) => [column, row[column]]))
  if (isKnown(db, table.name, key) || wasRemoved(taking, table.name, String(row['id']))) return
  // An owner that this packet does not bring comes with another one, which brings this row, too.
  for (const [column, owner] of tableShape(db, table.name).owners) {
    const id = row[column] ?? null
    if (id !== null && !isKnown(db, owner, { id: taking.ids.get(String(id)) ?? id })) return
  }
  insertRow(db, table.name, row, taking, change.at.utcMs)
  const { owners } = tableShape(db, table.name)
  change.audit({
    action: 'exchange:add',
    kind: table.name,
    id: String(row['id']),
    after: { ...Object.fromEntries([...owners.keys()].map((name) => [name, row[name] ?? null])), from: from.workspace },
  })
  taking.added(table.name)
}

function wasRemoved({ change }: Taking, table: string, id: string): boolean {
  return (
    statement(change.db, 'SELECT 1 FROM audit WHERE record_kind = ? AND record_id = ? AND action = ? LIMIT 1').get(
      table,
      id,
      `${table}:remove`,
    ) !== undefined
  )
}
