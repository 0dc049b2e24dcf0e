import type { VNodeChild } from 'vue'

/** A column of a long list. The first one takes the width that the others leave. */
export interface PagedColumn<R> {
  key: string
  title: string
  /** In CSS px, padding included; of the first column the least. */
  width: number
  /** The order that a click on the header asks for; none where the column cannot be sorted by. */
  order?: string
  /** Plain elements where they do: this runs for each row that scrolls into view. */
  cell: (row: R) => VNodeChild
}
