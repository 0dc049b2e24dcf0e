import { createHash } from 'node:crypto'
import type { BlobStore } from '../blobs/blob-store.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Packet, Row, Traveller } from './packet.ts'
import { tableShape } from './table-shape.ts'
import { TRAVELLING, type TravellingTable } from './travelling-tables.ts'
import { listSeen } from './versions.ts'

/** A packet, and how to get the content of each blob that it names. */
export interface OutgoingPacket {
  readonly packet: Packet
  content(sha256: string): Buffer
}

const PAGE = 500

/**
 * Everything of the registry that travels, one patient after the other (with those who were merged into the patient),
 * then recordings of nobody, then merges. Reads in small steps, so that others may write between two packets.
 */
export function* readPackets(db: ReadableDb, blobs: BlobStore, workspace: string): Generator<OutgoingPacket> {
  const gather = (rows: ReadonlyMap<string, readonly Row[]>) => toPacket(db, blobs, workspace, rows)
  for (const patient of pages(db, 'SELECT * FROM patient WHERE merged_into IS NULL AND number > ?')) {
    yield gather(withBelongings(db, new Map([['patient', family(db, patient)]])))
  }
  for (const recording of pages(db, 'SELECT * FROM recording WHERE patient_id IS NULL AND number > ?')) {
    yield gather(withBelongings(db, new Map([['recording', [recording]]])))
  }
  const merges = statement<Row>(db, 'SELECT * FROM patient_merge ORDER BY id').all()
  for (const merge of merges) yield gather(new Map([['patient_merge', [merge]]]))
}

function* pages(db: ReadableDb, sql: string): Generator<Row> {
  const page = statement<Row & { number: number }>(db, `${sql} ORDER BY number LIMIT ${PAGE}`)
  for (let after = 0; ;) {
    const rows = page.all(after)
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!.number
  }
}

/** The patient, and everybody who was merged into the patient, kept ones first. */
function family(db: ReadableDb, patient: Row): Row[] {
  const all = [patient]
  const absorbed = statement<Row>(db, 'SELECT * FROM patient WHERE merged_into = ? ORDER BY number')
  for (const one of all) all.push(...absorbed.all(one['id']))
  return all
}

/** Adds the rows that belong to those given, owners before belongings. */
function withBelongings(db: ReadableDb, start: Map<string, Row[]>): Map<string, Row[]> {
  for (const table of TRAVELLING) {
    if (start.has(table.name) || table.name === 'patient_merge') continue
    const found = new Map<string, Row>()
    for (const [column, owner] of tableShape(db, table.name).owners) {
      const belonging = statement<Row>(db, `SELECT * FROM ${table.name} WHERE ${column} = ? ORDER BY ${orderOf(table)}`)
      for (const { id } of start.get(owner) ?? []) {
        for (const row of belonging.all(id)) found.set(keyOf(table, row), row)
      }
    }
    start.set(table.name, [...found.values()])
  }
  return start
}

/** Reviews in the order in which they were given; everything else by its key, which sorts by time. */
const orderOf = ({ name, key }: TravellingTable): string => (name === 'review' ? 'number' : key.join(', '))

export const keyOf = ({ key }: TravellingTable, row: Row): string => key.map((column) => row[column]).join(' ')

function toPacket(
  db: ReadableDb,
  blobs: BlobStore,
  workspace: string,
  gathered: ReadonlyMap<string, readonly Row[]>,
): OutgoingPacket {
  const people = new Set<string>()
  const byHash = new Map<string, string>()
  const hashes = new Map<string, string>()
  const hashOf = (blobId: string): string => {
    let hash = hashes.get(blobId)
    if (hash === undefined) {
      hash = createHash('sha256').update(blobs.get(blobId)).digest('hex')
      hashes.set(blobId, hash)
      byHash.set(hash, blobId)
    }
    return hash
  }
  const rows: Packet['rows'] = {}
  for (const { name } of TRAVELLING) {
    const shape = tableShape(db, name)
    rows[name] = (gathered.get(name) ?? []).map((row) =>
      Object.fromEntries(
        shape.columns.map((column) => {
          const value = row[column] ?? null
          if (value !== null && shape.people.has(column)) people.add(String(value))
          return [column, value !== null && shape.blobs.has(column) ? hashOf(String(value)) : value]
        }),
      ),
    )
    // A signature is of the workspace whose key made it.
    if (name === 'review') for (const row of rows[name]) row['workspace'] ??= workspace
  }
  const seen = (['patient', 'recording'] as const).flatMap((kind) =>
    rows[kind]!.flatMap(({ id }) => listSeen(db, kind, String(id))),
  )
  return {
    packet: { people: travellers(db, workspace, people), rows, blobs: [...byHash.keys()], seen },
    content: (sha256) => blobs.get(byHash.get(sha256)!),
  }
}

/** The people whom rows speak of, by name. */
export function travellers(db: ReadableDb, workspace: string, ids: ReadonlySet<string>): Traveller[] {
  const person = statement<Traveller>(
    db,
    'SELECT id, display_name AS displayName, coalesce(workspace, ?) AS workspace FROM person WHERE id = ?',
  )
  return [...ids].sort().map((id) => person.get(workspace, id)!)
}
