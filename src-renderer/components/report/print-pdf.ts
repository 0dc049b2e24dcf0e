import { renderPdf } from './render-pdf.ts'

/** 300 dots an inch: finer than the thinnest line of a report. */
const PRINT_DOTS_PER_MM = 300 / 25.4

/**
 * Prints a PDF through the window's own dialog, each page on a sheet of its own size. Nothing of it is written to the
 * disk for that.
 *
 * @see styles/print.css, which shows only these pages while the window prints
 */
export async function printPdf(bytes: Uint8Array): Promise<void> {
  const pages = await renderPdf(bytes, PRINT_DOTS_PER_MM)
  const addresses: string[] = []
  const sheet = document.createElement('div')
  sheet.className = 'print-sheet'
  for (const { canvas, widthMm, heightMm } of pages) {
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    const address = URL.createObjectURL(picture!)
    addresses.push(address)
    const image = new Image()
    image.src = address
    image.alt = ''
    image.className = pageClass(widthMm, heightMm)
    await image.decode()
    sheet.append(image)
  }
  document.body.append(sheet)
  try {
    window.print()
  } finally {
    sheet.remove()
    for (const address of addresses) URL.revokeObjectURL(address)
  }
}

function pageClass(widthMm: number, heightMm: number): string {
  const paper = Math.abs(Math.min(widthMm, heightMm) - 210) < 1 ? 'a4' : 'letter'
  return `print-${paper}-${widthMm > heightMm ? 'landscape' : 'portrait'}`
}
