import { h, type FunctionalComponent } from 'vue'
import type { PagedColumn } from './paged-column.ts'

export interface PagedRowProps {
  /** Undefined while it is being fetched. */
  row: { id: string } | undefined
  index: number
  topPx: number
  selected: boolean
  columns: readonly PagedColumn<never>[]
}

/**
 * One row of a long list. Its props do not change while the list scrolls, so that Vue passes it over; what it listens
 * for, the list listens for. A function with few elements: it is made and thrown away dozens of times a second.
 */
export const PagedRow: FunctionalComponent<PagedRowProps> = ({ row, index, topPx, selected, columns }) =>
  h(
    'div',
    {
      id: `paged-row-${index}`,
      class: selected ? 'paged-row selected' : 'paged-row',
      role: 'row',
      'aria-rowindex': index + 2,
      'aria-selected': selected,
      'data-index': index,
      style: { transform: `translateY(${topPx}px)` },
    },
    columns.map((column, position) =>
      h('div', { key: column.key, class: 'paged-cell', role: 'gridcell', 'aria-colindex': position + 1 }, [
        row === undefined ? h('span', { class: 'paged-waiting' }) : (column.cell as (row: unknown) => never)(row),
      ]),
    ),
  )

PagedRow.props = ['row', 'index', 'topPx', 'selected', 'columns']
