import { statement, type ReadableDb } from '../database.ts'

/** A list in the order of an index whose last column is `number`. */
export interface OrderedList {
  /** A table with a column `number`. */
  readonly table: string
  readonly where: string
  readonly bound: Readonly<Record<string, string | number>>
  /** The column or expression that the index begins with; never NULL. */
  readonly key: string
  readonly descending: boolean
}

interface Place {
  /** How many rows come before it. */
  readonly offset: number
  readonly key: string | number
  readonly number: number
}

/** Places of this many lists are remembered. */
const MOST_LISTS = 16

interface Remembered {
  version: number
  readonly lists: Map<string, Place[]>
}
const remembered = new WeakMap<ReadableDb, Remembered>()

/**
 * The row numbers at some positions of a list. A page that follows one already seen goes on from its last row, so that
 * scrolling costs the same at the end of a long list as at its beginning; a jump goes on from the nearest place before.
 * Every change of the registry forgets the places.
 */
export function pageOf(db: ReadableDb, list: OrderedList, offset: number, limit: number): number[] {
  const places = placesOf(db, list)
  const from = places.findLast((place) => place.offset <= offset)
  const { table, where, bound, key, descending } = list
  const [direction, beyond] = descending ? (['DESC', '<'] as const) : (['ASC', '>'] as const)
  const goOn = from ? `AND ${beyondPlace(key, beyond)}` : ''
  const order = key === 'number' ? `number ${direction}` : `${key} ${direction}, number ${direction}`
  const rows = statement<{ number: number; key: string | number }>(
    db,
    `SELECT number, ${key} AS key FROM ${table} WHERE ${where} ${goOn} ORDER BY ${order} LIMIT @limit OFFSET @skip`,
  ).all({
    ...bound,
    ...(from && { placeNumber: from.number, ...(key !== 'number' && { placeKey: from.key }) }),
    limit,
    skip: offset - (from?.offset ?? 0),
  })
  const last = rows.at(-1)
  if (last) remember(places, { offset: offset + rows.length, ...last })
  return rows.map(({ number }) => number)
}

/** As a range of the index; SQLite does not see one in a comparison of rows where the key is an expression. */
const beyondPlace = (key: string, beyond: '<' | '>'): string =>
  key === 'number'
    ? `number ${beyond} @placeNumber`
    : `${key} ${beyond}= @placeKey AND (${key} ${beyond} @placeKey OR number ${beyond} @placeNumber)`

function placesOf(db: ReadableDb, list: OrderedList): Place[] {
  // Counts every row that this handle, the only one that writes, has changed.
  const { version } = statement<{ version: number }>(db, 'SELECT total_changes() AS version').get()!
  let known = remembered.get(db)
  if (known?.version !== version) remembered.set(db, (known = { version, lists: new Map() }))
  const name = JSON.stringify(list)
  let places = known.lists.get(name)
  if (!places) {
    if (known.lists.size >= MOST_LISTS) known.lists.delete(known.lists.keys().next().value!)
    known.lists.set(name, (places = []))
  }
  return places
}

/** In the order of their offsets. */
function remember(places: Place[], place: Place): void {
  const before = places.findLastIndex(({ offset }) => offset <= place.offset)
  if (places[before]?.offset !== place.offset) places.splice(before + 1, 0, place)
}
