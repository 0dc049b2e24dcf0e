import { describe, expect, it } from 'vitest'
import { rowWindow, scrolledPx, scrollTopToSee } from '@/components/common/paged/row-window.ts'

const VIEWPORT_PX = 800
const at = (count: number, rowHeightPx: number, scrollTopPx: number) => ({
  count,
  rowHeightPx,
  viewportPx: VIEWPORT_PX,
  scrollTopPx,
})
/** Where a row's upper edge is seen, from the upper edge of the list's part of the window. */
const seenAt = (index: number, list: ReturnType<typeof at>): number =>
  index * list.rowHeightPx + rowWindow(list).shiftPx - list.scrollTopPx

/** The second is laid out shorter than it is: Chromium has no box of 48 million px. */
const LISTS = [
  [100_000, 40],
  [1_000_000, 48],
] as const

describe.each(LISTS)('a list of %i rows', (count, rowHeightPx) => {
  const endPx = scrolledPx(count, rowHeightPx) - VIEWPORT_PX

  it('is a box that the browser can lay out', () => expect(scrolledPx(count, rowHeightPx)).toBeLessThan(2 ** 31 / 64))

  it('draws every row that is seen, and few others, wherever it is scrolled', () => {
    for (let step = 0; step <= 1000; step += 1) {
      const list = at(count, rowHeightPx, (endPx * step) / 1000)
      const { first, last } = rowWindow(list)
      if (first > 0) expect(seenAt(first, list)).toBeLessThanOrEqual(0)
      if (last < count - 1) expect(seenAt(last + 1, list)).toBeGreaterThanOrEqual(VIEWPORT_PX)
      expect(last - first).toBeLessThan(VIEWPORT_PX / rowHeightPx + 20)
    }
  })

  it('begins with the first row and ends with the last', () => {
    expect(seenAt(0, at(count, rowHeightPx, 0))).toBe(0)
    const end = at(count, rowHeightPx, endPx)
    expect(rowWindow(end).last).toBe(count - 1)
    expect(seenAt(count, end)).toBeCloseTo(VIEWPORT_PX, 3)
  })

  it('shows any row whole when it is asked for, and stays where it is if it does already', () => {
    for (const index of [0, 1, 17, count >> 1, count - 2, count - 1]) {
      for (const from of [0, endPx / 3, endPx]) {
        const list = at(count, rowHeightPx, from)
        const there = { ...list, scrollTopPx: scrollTopToSee(index, list) }
        expect(seenAt(index, there)).toBeGreaterThan(-0.01)
        expect(seenAt(index + 1, there)).toBeLessThan(VIEWPORT_PX + 0.01)
        expect(scrollTopToSee(index, there)).toBeCloseTo(there.scrollTopPx, 3)
      }
    }
  })
})

it('draws nothing of an empty list, and all of a short one', () => {
  expect(rowWindow(at(0, 40, 0)).last).toBe(-1)
  expect(rowWindow(at(3, 40, 0))).toEqual({ first: 0, last: 2, shiftPx: 0 })
})
