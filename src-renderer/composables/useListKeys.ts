import type { Ref } from 'vue'
import { useShortcuts } from './useShortcuts.ts'

export interface ListKeys<Row> {
  /** As long as the list; undefined where a row has not been fetched. */
  rows: () => readonly (Row | undefined)[]
  selected: Ref<string | null>
  /** Fetches the row at a place before it is selected. */
  show: (index: number) => Promise<void>
  open: (row: Row) => void
}

/** A list under the fingers: J and K or the arrows go through it, Enter opens. */
export function useListKeys<Row extends { id: string }>({ rows, selected, show, open }: ListKeys<Row>): void {
  const place = (): number => rows().findIndex((row) => row?.id === selected.value)

  async function move(step: 1 | -1): Promise<void> {
    if (rows().length === 0) return
    // A filter that was just clicked would take the Enter that is meant for the row.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const from = place()
    const next = from < 0 ? 0 : Math.min(rows().length - 1, Math.max(0, from + step))
    await show(next)
    selected.value = rows()[next]?.id ?? null
  }

  function openSelected(): void {
    const row = rows()[place()]
    if (row) open(row)
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: openSelected,
  })
}
