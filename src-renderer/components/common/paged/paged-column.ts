import type { VNodeChild } from 'vue'

/** A column of a long list. */
export interface PagedColumn<R> {
  key: string
  title: string
  /** In CSS px, padding included; the least of the first column and of one that grows. */
  width: number
  /** Shares with the first column the width that the others leave. */
  grows?: boolean
  /** The order that a click on the header asks for; none where the column cannot be sorted by. */
  order?: string
  /** Plain elements where they do: this runs for each row that scrolls into view. */
  cell: (row: R) => VNodeChild
}
