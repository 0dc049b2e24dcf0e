import { shallowRef, type ShallowRef } from 'vue'

const PAGE_ROWS = 100

export interface RowPages<Row> {
  /** As long as the whole list; undefined where a row has not been fetched yet. */
  readonly rows: ShallowRef<(Row | undefined)[]>
  readonly total: ShallowRef<number>
  /** Forgets all and fetches from the start. @throws what `ask` throws */
  restart(): Promise<void>
  /** Fetches what is missing between two positions. Called as the list scrolls. */
  show(first: number, last: number): Promise<void>
  clear(): void
}

/**
 * A list that is too long to be held: pages of it are fetched as they come into view.
 *
 * @param ask  answers the rows from `offset`, at most `limit`, and how many there are in all
 */
export function createRowPages<Row>(
  ask: (offset: number, limit: number) => Promise<{ total: number; rows: Row[] }>,
): RowPages<Row> {
  const rows: ShallowRef<(Row | undefined)[]> = shallowRef([])
  const total = shallowRef(0)
  let asked = new Set<number>()
  /** Answers of an older question are thrown away. */
  let question = 0

  async function fetchPage(page: number): Promise<void> {
    const asking = question
    asked.add(page)
    const answer = await ask(page * PAGE_ROWS, PAGE_ROWS)
    if (asking !== question) return
    // A new array, not the old one changed: the table is handed the list and would not see the difference.
    const next = rows.value.slice()
    next.length = answer.total
    for (const [index, row] of answer.rows.entries()) next[page * PAGE_ROWS + index] = row
    total.value = answer.total
    rows.value = next
  }

  return {
    rows,
    total,
    async restart() {
      question += 1
      asked = new Set()
      const asking = question
      const answer = await ask(0, PAGE_ROWS)
      if (asking !== question) return
      asked.add(0)
      total.value = answer.total
      rows.value = Array.from({ length: answer.total }, (_, index) => answer.rows[index])
    },
    async show(first, last) {
      const wanted: number[] = []
      for (let page = Math.floor(Math.max(0, first) / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page += 1) {
        if (!asked.has(page) && page * PAGE_ROWS < total.value) wanted.push(page)
      }
      await Promise.all(wanted.map(fetchPage))
    },
    clear() {
      question += 1
      asked = new Set()
      rows.value = []
      total.value = 0
    },
  }
}
