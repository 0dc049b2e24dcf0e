import { getDocument, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

const MM = 25.4 / 72

/** A PDF as a reader that is none of ours sees it. */
export async function openPdf(bytes: Uint8Array): Promise<PDFPageProxy[]> {
  // pdf.js takes the bytes over.
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  return Promise.all(Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)))
}

export function pageSizeMm(page: PDFPageProxy): [number, number] {
  const [left, bottom, right, top] = page.view as [number, number, number, number]
  return [(right - left) * MM, (top - bottom) * MM]
}

export async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}

export interface Stroke {
  /** As the file has it, e.g. `#111111`. */
  colour: string
  /** Points in mm from the page's lower left corner, one list a subpath. */
  lines: [x: number, y: number][][]
}

/** Every stroked path of straight lines on a page, in the coordinates of the paper. */
export async function strokesOf(page: PDFPageProxy): Promise<Stroke[]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const strokes: Stroke[] = []
  let colour = ''
  let matrix: number[] = [1, 0, 0, 1, 0, 0]
  const stack: number[][] = []
  for (const [index, operator] of fnArray.entries()) {
    const args = argsArray[index] as unknown[]
    if (operator === OPS.save) stack.push(matrix)
    else if (operator === OPS.restore) matrix = stack.pop() ?? matrix
    else if (operator === OPS.transform) matrix = multiplied(matrix, args as number[])
    else if (operator === OPS.setStrokeRGBColor) colour = String(args[0])
    else if (operator === OPS.constructPath && args[0] === OPS.stroke) {
      strokes.push({ colour, lines: linesOf((args[1] as [Float32Array])[0], matrix) })
    }
  }
  return strokes
}

/** Width and height on paper, in mm, of every picture that a page paints. */
export async function picturesOf(page: PDFPageProxy): Promise<[width: number, height: number][]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const pictures: [number, number][] = []
  let matrix: number[] = [1, 0, 0, 1, 0, 0]
  const stack: number[][] = []
  for (const [index, operator] of fnArray.entries()) {
    if (operator === OPS.save) stack.push(matrix)
    else if (operator === OPS.restore) matrix = stack.pop() ?? matrix
    else if (operator === OPS.transform) matrix = multiplied(matrix, argsArray[index] as number[])
    // A picture is the unit square, transformed.
    else if (operator === OPS.paintImageXObject) pictures.push([Math.abs(matrix[0]!) * MM, Math.abs(matrix[3]!) * MM])
  }
  return pictures
}

/** pdf.js packs a path as numbers: 0 x y for a move, 1 x y for a line. */
function linesOf(path: Float32Array, [a, b, c, d, e, f]: number[]): [number, number][][] {
  const lines: [number, number][][] = []
  for (let at = 0; at < path.length; at += 3) {
    const [kind, x, y] = [path[at]!, path[at + 1]!, path[at + 2]!]
    if (kind > 1) break
    if (kind === 0) lines.push([])
    lines.at(-1)!.push([(a! * x + c! * y + e!) * MM, (b! * x + d! * y + f!) * MM])
  }
  return lines
}

function multiplied([a, b, c, d, e, f]: number[], [g, h, i, j, k, l]: number[]): number[] {
  return [
    a! * g! + c! * h!,
    b! * g! + d! * h!,
    a! * i! + c! * j!,
    b! * i! + d! * j!,
    a! * k! + c! * l! + e!,
    b! * k! + d! * l! + f!,
  ]
}
