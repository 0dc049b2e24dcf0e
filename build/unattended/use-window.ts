import type { Page } from 'playwright-core'

/** How the window answered while it was used, in milliseconds. */
export interface WindowUse {
  readonly frames: number
  readonly frameGapP99Ms: number
  readonly frameGapMostMs: number
  readonly pageChanges: number
  /** From the change of the address until rows of the work list are drawn. */
  readonly pageChangeP95Ms: number
  readonly pageChangeMostMs: number
}

const EVERY_MS = 1500

// What runs in the page is text: this file knows Node's world, not the page's.

/** Notes how long the page was ever without a frame. */
export const WATCH_FRAMES = `
  window.frameGaps = []
  let last = 0
  const watch = (now) => {
    if (last !== 0) window.frameGaps.push(now - last)
    last = now
    requestAnimationFrame(watch)
  }
  requestAnimationFrame(watch)`

/** How many files of the batch on the page ended how, and how many there are. */
export const OUTCOME_COUNTS = `Object.fromEntries(
  [...document.querySelectorAll('[data-test^="outcome-"] span')].map((span) => [
    span.parentElement.dataset.test.slice(8), Number(span.textContent.replace(/\\D/g, '')),
  ]),
)`

/** To the work list by the page's own clock, and back to the batch. */
const CHANGE_PAGE = `(async () => {
  const frame = () => new Promise(requestAnimationFrame)
  const back = location.hash
  const started = performance.now()
  location.hash = '#/'
  while (!document.querySelector('.paged-row')) await frame()
  const took = performance.now() - started
  location.hash = back
  while (!document.querySelector('[data-test="batch-state"]')) await frame()
  return took
})()`

/** Goes to and fro in the window that shows a batch until `isOver`. */
export async function useWindow(page: Page, isOver: () => Promise<boolean>): Promise<WindowUse> {
  const changes: number[] = []
  await page.evaluate('window.frameGaps.length = 0')
  while (!(await isOver())) {
    await page.waitForTimeout(EVERY_MS)
    changes.push(await page.evaluate<number>(CHANGE_PAGE))
  }
  const gaps = await page.evaluate<number[]>('window.frameGaps')
  const at = (values: readonly number[], share: number): number => {
    const sorted = values.toSorted((one, other) => one - other)
    return Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  }
  return {
    frames: gaps.length,
    frameGapP99Ms: at(gaps, 0.99),
    frameGapMostMs: at(gaps, 1),
    pageChanges: changes.length,
    pageChangeP95Ms: at(changes, 0.95),
    pageChangeMostMs: at(changes, 1),
  }
}
