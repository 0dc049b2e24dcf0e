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

/** Puts what the clipboard holds into the page, as `#copied`. @returns its width and height */
export async function showCopied(): Promise<[number, number]> {
  const [item] = await navigator.clipboard.read()
  const bitmap = await createImageBitmap(await item!.getType('image/png'))
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
  const holder = document.createElement('div')
  holder.id = 'copied'
  holder.append(canvas)
  document.body.append(holder)
  return [bitmap.width, bitmap.height]
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
