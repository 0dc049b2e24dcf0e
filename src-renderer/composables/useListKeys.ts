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

/** What PageUp and PageDown pass over: about what a small window shows. */
const PAGE_ROWS = 10

/** A list under the fingers: J and K, the arrows, PageUp and PageDown, Home and End go through it; Enter and Space open. */
export function useListKeys<Row extends { id: string }>({ rows, selected, show, open }: ListKeys<Row>): void {
  const place = (): number => rows().findIndex((row) => row?.id === selected.value)

  async function goTo(index: number): Promise<void> {
    if (rows().length === 0) return
    // A filter that was just clicked would take the Enter that is meant for the row; the list itself may keep the focus.
    const focused = document.activeElement
    if (focused instanceof HTMLElement && !focused.matches('[role="grid"]')) focused.blur()
    const next = Math.min(rows().length - 1, Math.max(0, index))
    await show(next)
    selected.value = rows()[next]?.id ?? null
  }

  const move = (step: number): Promise<void> => goTo(place() < 0 ? 0 : place() + step)

  function openSelected(): void {
    const row = rows()[place()]
    if (row) open(row)
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(PAGE_ROWS),
    PageUp: () => move(-PAGE_ROWS),
    Home: () => goTo(0),
    End: () => goTo(rows().length - 1),
    Enter: openSelected,
    ' ': openSelected,
  })
}
