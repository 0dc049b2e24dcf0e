import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import type { ConflictKind } from './conflicts.ts'
import type { Packet, Seen } from './packet.ts'

/** Who sends: the workspace, and this one's own identity. */
export interface Sender {
  readonly workspace: string
  readonly own: string
}

/** How many rows of each table were added or updated, and which conflicts were found. */
export interface Tally {
  readonly added: Record<string, number>
  readonly updated: Record<string, number>
  readonly conflicts: Partial<Record<ConflictKind, number>>
}

export const emptyTally = (): Tally => ({ added: {}, updated: {}, conflicts: {} })

/** One packet being taken over, within one change. */
export class Taking {
  readonly change: Change
  readonly from: Sender
  readonly blobs: ReadonlyMap<string, StoredBlob>
  /** What their patients and recordings are called here. */
  readonly ids = new Map<string, string>()
  readonly tally = emptyTally()
  readonly #seen: readonly Seen[]
  #news = false

  constructor(change: Change, from: Sender, packet: Packet, blobs: ReadonlyMap<string, StoredBlob>) {
    this.change = change
    this.from = from
    this.blobs = blobs
    this.#seen = packet.seen.filter(({ workspace }) => workspace === from.own)
  }

  /** The version of a record that they last received from here. */
  theySaw(kind: Seen['kind'], id: string): string | undefined {
    return this.#seen.find((one) => one.kind === kind && one.id === id)?.version
  }

  readonly added = (table: string): void => this.#count(this.tally.added, table)
  readonly updated = (table: string): void => this.#count(this.tally.updated, table)
  readonly found = (kind: ConflictKind): void => this.#count(this.tally.conflicts, kind)
  /** What they have is known now, though nothing was taken over. */
  readonly learned = (): void => void (this.#news = true)

  /** Whether the packet held anything that was not known. */
  get news(): boolean {
    return this.#news
  }

  #count(counts: Record<string, number>, name: string): void {
    counts[name] = (counts[name] ?? 0) + 1
    this.#news = true
  }
}

/** Whether a row with this key is here. */
export function isKnown(db: ReadableDb, table: string, key: Readonly<Record<string, unknown>>): boolean {
  const columns = Object.keys(key)
  const where = columns.map((column) => `${column} = ?`).join(' AND ')
  return statement(db, `SELECT 1 FROM ${table} WHERE ${where}`).get(Object.values(key)) !== undefined
}
