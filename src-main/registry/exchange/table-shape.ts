import type { ReadableDb } from '../database.ts'

/** What a column holds, as another workspace has to understand it. */
export interface TableShape {
  /** Columns that travel, in the order of the table: all but row numbers. */
  readonly columns: readonly string[]
  readonly types: Readonly<Record<string, 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB'>>
  /** Columns that name a blob. */
  readonly blobs: ReadonlySet<string>
  /** Columns that name a person. */
  readonly people: ReadonlySet<string>
  /** Columns that name a row of another table, by its id. */
  readonly owners: ReadonlyMap<string, string>
}

const shapes = new WeakMap<ReadableDb, Map<string, TableShape>>()

/** The shape of a table, read from the schema once. */
export function tableShape(db: ReadableDb, table: string): TableShape {
  let known = shapes.get(db)
  if (!known) shapes.set(db, (known = new Map()))
  let shape = known.get(table)
  if (!shape) known.set(table, (shape = readShape(db, table)))
  return shape
}

function readShape(db: ReadableDb, table: string): TableShape {
  type Column = { name: string; type: TableShape['types'][string]; pk: number }
  const all = db.pragma(`table_info(${table})`) as Column[]
  const columns = all.filter(({ name, type, pk }) => !(name === 'number' && type === 'INTEGER' && pk === 1))
  const references = db.pragma(`foreign_key_list(${table})`) as { table: string; from: string }[]
  const naming = (other: string): Set<string> =>
    new Set(references.filter((one) => one.table === other).map(({ from }) => from))
  return {
    columns: columns.map(({ name }) => name),
    types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    blobs: naming('blob'),
    people: naming('person'),
    owners: new Map(
      references
        .filter(({ table: other }) => other !== 'blob' && other !== 'person')
        .map(({ from, table: other }) => [from, other]),
    ),
  }
}
