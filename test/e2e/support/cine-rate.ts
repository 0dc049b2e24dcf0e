import type { Page } from 'playwright-core'

/**
 * Watches the frame counter for a while.
 *
 * @returns frames of the cycle that went by, per second
 */
export async function watchPlaying(ms: number): Promise<number> {
  const read = (): number => parseInt(document.querySelector('[data-test="frame"]')!.textContent ?? '', 10)
  const start = performance.now()
  let [last, went, first, end] = [read(), 0, 0, 0]
  while (performance.now() - start < ms) {
    await new Promise(requestAnimationFrame)
    const frame = read()
    if (frame === last) continue
    end = performance.now()
    if (first === 0) first = end
    else went += (frame - last + 50) % 50
    last = frame
  }
  return (went * 1000) / (end - first)
}

/**
 * Compares the rate that is shown with the counters that were painted in the same two seconds, twice a second.
 *
 * @param ms      how long
 * @param busyMs  how long the page is kept from its work for a frame, at random up to twice that
 * @returns each rate that was shown, beside the one that was painted
 */
async function compareRates([ms, busyMs]: [number, number]): Promise<{ shown: number; painted: number }[]> {
  const text = (name: string): string => document.querySelector(`[data-test="${name}"]`)!.textContent ?? ''
  const [end, paints, compared] = [performance.now() + ms, [] as number[], [] as { shown: number; painted: number }[]]
  let [last, label] = [text('frame'), text('fps')]
  for (let over = false; !over; over = performance.now() > end) {
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    const busy = 2 * busyMs * Math.random()
    while (performance.now() - now < busy);
    if (text('frame') !== last) paints.push(now)
    last = text('frame')
    if (text('fps') === label && performance.now() <= end) continue
    label = text('fps')
    const shown = parseFloat(label)
    const first = paints.findLastIndex((time) => time <= now - 2000)
    if (first < 0 || Number.isNaN(shown)) continue
    const seen = paints.slice(first)
    compared.push({ shown, painted: ((seen.length - 1) * 1000) / (seen.at(-1)! - seen[0]!) })
  }
  return compared
}

/**
 * Sets the speed of the player and compares for a while.
 *
 * @returns what three of four differences between a shown and a painted rate stay within, in frames a second; a
 *   single hiccup of a busy computer is no wrong display
 */
export async function rateDifference(page: Page, speed: number, busyMs: number): Promise<number> {
  const field = page.locator('[data-test="player"] .speed input')
  await field.fill(`${speed}`)
  await field.press('Enter')
  await field.blur()
  await page.locator('[data-test="fps"]', { hasText: /\d/ }).waitFor()
  const compared = await page.evaluate(compareRates, [4000, busyMs] as [number, number])
  if (process.env['CARDIONETS_FIGURES']) console.log(speed, busyMs, compared)
  const differences = compared.map(({ shown, painted }) => Math.abs(shown - painted)).sort((a, b) => a - b)
  return differences[Math.floor(0.75 * (differences.length - 1))]!
}
