import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** The pixels that a canvas holds, and how many of them are the white ink of the mark's two plates. */
export const readCanvas = (pane: Locator): Promise<{ sum: number; ink: number }> =>
  pane.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
    copy.drawImage(canvas, 0, 0)
    const { data } = copy.getImageData(0, 0, width, height)
    let [sum, ink] = [0, 0]
    for (let index = 0; index < data.length; index += 4) {
      sum = (sum * 31 + data[index]! + data[index + 1]! + data[index + 2]!) % 1_000_003
      const [x, y] = [(index / 4) % width, Math.floor(index / 4 / width)]
      const plate = (x < width / 2 && y < height / 8) || (x > width / 2 && y > (7 * height) / 8)
      if (plate && data[index]! > 250 && data[index + 1]! > 250) ink += 1
    }
    return { sum, ink }
  })

/**
 * Watches the frame counter for a while.
 *
 * @returns frames of the cycle that went by and counters that were painted, per second, and the rates that were shown
 */
export async function watchPlaying(ms: number): Promise<{ perSecond: number; painted: number; shown: number[] }> {
  const read = (name: string): number =>
    parseInt(document.querySelector(`[data-test="${name}"]`)!.textContent ?? '', 10)
  const [start, shown] = [performance.now(), new Set<number>()]
  let [last, went, changes, first, end] = [read('frame'), 0, 0, 0, 0]
  while (performance.now() - start < ms) {
    await new Promise(requestAnimationFrame)
    const frame = read('frame')
    shown.add(read('fps'))
    if (frame === last) continue
    if (first === 0) first = performance.now()
    else {
      went += (frame - last + 50) % 50
      changes += 1
      end = performance.now()
    }
    last = frame
  }
  const seconds = (end - first) / 1000
  return { perSecond: went / seconds, painted: changes / seconds, shown: [...shown] }
}

/** Share of bright pixels where the two plates of the mark lie, in a photograph of the pane. */
async function inkOfPicture(base64: string): Promise<{ upper: number; lower: number }> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  const bright = (x: number, y: number): number => {
    const { data } = context.getImageData(x, y, Math.floor(width / 2), Math.floor(height / 8))
    let count = 0
    for (let at = 0; at < data.length; at += 4) if (data[at]! > 200) count += 4
    return count / data.length
  }
  return { upper: bright(0, 0), lower: bright(Math.ceil(width / 2), Math.ceil((7 * height) / 8)) }
}

/**
 * Photographs a playing pane four times, into files to look at.
 *
 * @returns how many of the pictures differ, and which shares of the mark's two plates are bright in them
 */
export async function filmed(page: Page, pane: Locator, folder: string): Promise<{ different: number; ink: number[] }> {
  // Clear of the bar that stays at the top of the page.
  await pane.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const pictures: string[] = []
  for (let number = 0; number < 4; number++) {
    pictures.push((await pane.screenshot({ path: join(folder, `playing-${number}.png`) })).toString('base64'))
  }
  const ink: number[] = []
  for (const picture of pictures) {
    const { upper, lower } = await page.evaluate(inkOfPicture, picture)
    ink.push(upper, lower)
  }
  return { different: new Set(pictures).size, ink }
}
