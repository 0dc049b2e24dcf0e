import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'

/** One page as a picture, with its size on paper. */
export interface RenderedPage {
  canvas: HTMLCanvasElement
  widthMm: number
  heightMm: number
}

const MM_PER_POINT = 25.4 / 72

/**
 * Draws the pages of a PDF with pdf.js, in this very thread: its worker would be a script that the page's policy does
 * not let it name. Loaded when the first preview is wanted.
 *
 * @param dotsPerMm  how finely; 12 is 300 dots an inch
 */
export async function renderPdf(bytes: Uint8Array, dotsPerMm: number): Promise<RenderedPage[]> {
  const document = await openPdf(bytes)
  try {
    const pages: RenderedPage[] = []
    for (let number = 1; number <= document.numPages; number++) {
      pages.push(await renderPage(await document.getPage(number), dotsPerMm))
    }
    return pages
  } finally {
    await document.loadingTask.destroy()
  }
}

async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const [{ getDocument }, worker] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.mjs')])
  Object.assign(globalThis, { pdfjsWorker: worker })
  return getDocument({
    // pdf.js takes the bytes over.
    data: new Uint8Array(bytes),
    // Glyphs as paths: no style sheet is made, and nothing is looked for on this computer.
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    verbosity: 0,
  }).promise
}

async function renderPage(page: PDFPageProxy, dotsPerMm: number): Promise<RenderedPage> {
  const viewport = page.getViewport({ scale: dotsPerMm * MM_PER_POINT })
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(viewport.width)
  canvas.height = Math.round(viewport.height)
  await page.render({ canvas, viewport }).promise
  const [widthMm, heightMm] = [viewport.width / dotsPerMm, viewport.height / dotsPerMm]
  return { canvas, widthMm, heightMm }
}
