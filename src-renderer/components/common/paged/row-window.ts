/** Chromium cuts a box off at 33.5 million px (2³¹ of its 1/64 px); a longer list is laid out shorter than it is. */
const LONGEST_PX = 30_000_000

/** Rows beyond each edge, drawn before they are seen: what a fast wheel turns in two frames. */
const SPARE_ROWS = 8

export interface ScrolledList {
  readonly count: number
  readonly rowHeightPx: number
  /** Of the part in which rows are seen. */
  readonly viewportPx: number
  readonly scrollTopPx: number
}

export interface RowWindow {
  /** First and last row to be drawn; `last` is below `first` where there is none. */
  readonly first: number
  readonly last: number
  /** What is added to `index × rowHeightPx` to place a row in the scrolled box: 0 unless the list is laid out shorter. */
  readonly shiftPx: number
}

/** Height of the box that is scrolled, in CSS px. */
export const scrolledPx = (count: number, rowHeightPx: number): number => Math.min(count * rowHeightPx, LONGEST_PX)

/**
 * Which rows are drawn, and where. All rows are equally high, so this is arithmetic: nothing is kept for each row, and a
 * list of a million costs what one of a hundred costs.
 */
export function rowWindow(list: ScrolledList): RowWindow {
  const { count, rowHeightPx, viewportPx, scrollTopPx } = list
  const seenPx = Math.max(0, scrollTopPx) * stretch(list)
  const first = Math.max(0, Math.floor(seenPx / rowHeightPx) - SPARE_ROWS)
  const last = Math.min(count, Math.ceil((seenPx + viewportPx) / rowHeightPx) + SPARE_ROWS) - 1
  return { first: Math.min(first, Math.max(0, last)), last, shiftPx: scrollTopPx - seenPx }
}

/** Where to scroll so that a row is seen whole, moving as little as may be. */
export function scrollTopToSee(index: number, list: ScrolledList): number {
  const { rowHeightPx, viewportPx, scrollTopPx } = list
  const factor = stretch(list)
  const seenPx = scrollTopPx * factor
  const topPx = index * rowHeightPx
  if (topPx < seenPx) return topPx / factor
  if (topPx + rowHeightPx > seenPx + viewportPx) return (topPx + rowHeightPx - viewportPx) / factor
  return scrollTopPx
}

/** Px of the list for one px of the scrolled box, so that the ends of both meet. */
function stretch({ count, rowHeightPx, viewportPx }: ScrolledList): number {
  const wholePx = count * rowHeightPx
  if (wholePx <= LONGEST_PX) return 1
  return (wholePx - viewportPx) / (LONGEST_PX - viewportPx)
}
