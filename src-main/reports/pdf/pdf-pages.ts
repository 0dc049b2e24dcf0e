import { zlibSync } from 'fflate'
import type { StructureElement } from 'pdfkit'
import { breakLines } from './break-lines.ts'
import { DeterministicPdf } from './deterministic-pdf.ts'
import { pageSize, POINTS_PER_MM, type Orientation, type PageSize, type Paper } from './paper.ts'
import { toRuns, type Weight } from './typefaces.ts'

export interface DocumentFacts {
  readonly title: string
  readonly subject: string
  /** BCP 47 */
  readonly language: string
  /** When what it tells of happened, never the moment of writing; left out of the file where it is not known. */
  readonly date: Date | null
  readonly producer: string
}

export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly weight?: Weight
  readonly colour?: string
  /** Of what the x coordinate is. */
  readonly align?: 'left' | 'right' | 'centre'
}

export interface Shape {
  readonly fill?: string
  readonly stroke?: string
  readonly lineMm?: number
  readonly radiusMm?: number
}

/** 8-bit grey, row-major. */
export interface GreyImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

type Point = readonly [xMm: number, yMm: number]

const INK = '#1b1b1b'
const LINE_SPACING = 1.32

/**
 * A PDF in millimetres from the top left corner of a page, with embedded fonts and a structure that screen readers
 * follow. Everything is drawn inside `tag` (it is read out), or `artifact` (it is not: rules, page numbers).
 */
export class PdfPages {
  readonly #pdf: DeterministicPdf
  readonly #root: StructureElement
  #parent: StructureElement
  #images = 0
  size: PageSize = { widthMm: 0, heightMm: 0 }

  constructor({ title, subject, language, date, producer }: DocumentFacts) {
    const info = {
      Title: title,
      Subject: subject,
      Creator: producer,
      Producer: 'PDFKit',
      CreationDate: date ?? new Date(0),
    }
    this.#pdf = new DeterministicPdf({
      autoFirstPage: false,
      bufferPages: true,
      displayTitle: true,
      info,
      lang: language,
      pdfVersion: '1.7',
      tagged: true,
    })
    // The file's id is made of the facts above and needs a date; the file itself says none that is not known.
    if (date === null) delete this.#pdf.info['CreationDate']
    this.#root = this.#pdf.struct('Document', { lang: language })
    this.#pdf.addStructure(this.#root)
    this.#parent = this.#root
  }

  get pageCount(): number {
    return this.#pdf.bufferedPageRange().count
  }

  addPage(paper: Paper, orientation: Orientation): PageSize {
    this.size = pageSize(paper, orientation)
    this.#pdf.addPage({ size: [pt(this.size.widthMm), pt(this.size.heightMm)], margin: 0 })
    return this.size
  }

  /** Draws on every page once all are there, e.g. "page 1 of 3". */
  onEveryPage(draw: (index: number, count: number, size: PageSize) => void): void {
    const { pageCount } = this
    for (let index = 0; index < pageCount; index++) {
      this.#pdf.switchToPage(index)
      const { width, height } = this.#pdf.page
      draw(index, pageCount, { widthMm: width / POINTS_PER_MM, heightMm: height / POINTS_PER_MM })
    }
  }

  /** One element of the structure: `H1`, `H2`, `P`, or `Figure` with the text that stands for it. */
  tag(type: 'H1' | 'H2' | 'H3' | 'P' | 'Figure' | 'Caption', draw: () => void, alt?: string): void {
    const element = this.#pdf.struct(type, alt === undefined ? {} : { alt }, draw)
    this.#parent.add(element)
    element.end()
  }

  /** An element that holds others: `Table`, `TR`, `TH`, `TD`, `Sect`. A cell draws by itself. */
  group(type: 'Table' | 'TR' | 'Sect', fill: () => void): void {
    const outer = this.#parent
    const element = this.#pdf.struct(type, {})
    outer.add(element)
    this.#parent = element
    fill()
    element.end()
    this.#parent = outer
  }

  cell(type: 'TH' | 'TD', draw: () => void): void {
    const element = this.#pdf.struct(type, type === 'TH' ? { scope: 'Column' } : {}, draw)
    this.#parent.add(element)
    element.end()
  }

  artifact(draw: () => void): void {
    this.#pdf.markContent('Artifact', { type: 'Layout' })
    draw()
    this.#pdf.endMarkedContent()
  }

  /** Width of one line in mm. */
  widthOf(text: string, { size, weight = 'regular' }: TextStyle): number {
    this.#pdf.fontSize(size)
    return (
      toRuns(text, weight).reduce((sum, { font, text: run }) => sum + this.#pdf.font(font).widthOfString(run), 0) /
      POINTS_PER_MM
    )
  }

  /** One line on its baseline. @returns its width in mm */
  text(text: string, xMm: number, baselineMm: number, style: TextStyle): number {
    const { size, weight = 'regular', colour = INK, align = 'left' } = style
    const widthMm = this.widthOf(text, style)
    let x = pt(xMm - { left: 0, centre: widthMm / 2, right: widthMm }[align])
    this.#pdf.fontSize(size).fillColor(colour)
    for (const { font, text: run } of toRuns(text, weight)) {
      this.#pdf.font(font).text(run, round(x), round(pt(baselineMm)), { lineBreak: false, baseline: 'alphabetic' })
      x += this.#pdf.widthOfString(run)
    }
    return widthMm
  }

  linesOf(text: string, widthMm: number, style: TextStyle): string[] {
    return breakLines(text, (piece) => this.widthOf(piece, style), widthMm)
  }

  /** Wrapped text below `topMm`. @returns its height in mm */
  paragraph(text: string, xMm: number, topMm: number, widthMm: number, style: TextStyle): number {
    const lines = this.linesOf(text, widthMm, style)
    for (const [index, line] of lines.entries()) {
      this.text(line, anchorMm(xMm, widthMm, style), topMm + ascentMm(style) + index * lineMm(style), style)
    }
    return lines.length * lineMm(style)
  }

  /**
   * Text in a box of a fixed size: the largest size down to `least` at which it fits, then what fits of it with an
   * ellipsis. @returns its height in mm
   */
  fitted(
    text: string,
    xMm: number,
    topMm: number,
    box: { widthMm: number; heightMm: number },
    style: TextStyle,
    least: number,
  ): number {
    for (let size = style.size; ; size -= 0.5) {
      const smaller = { ...style, size }
      const room = Math.max(1, Math.floor((box.heightMm + 0.01) / lineMm(smaller)))
      const lines = this.linesOf(text, box.widthMm, smaller)
      if (lines.length <= room) return this.paragraph(text, xMm, topMm, box.widthMm, smaller)
      if (size - 0.5 < least)
        return this.paragraph(this.#shorten(lines, room, box.widthMm, smaller), xMm, topMm, box.widthMm, smaller)
    }
  }

  #shorten(lines: readonly string[], room: number, widthMm: number, style: TextStyle): string {
    let last = lines[room - 1]!
    while (last !== '' && this.widthOf(`${last}…`, style) > widthMm) last = [...last].slice(0, -1).join('')
    return [...lines.slice(0, room - 1), `${last}…`].join('\n')
  }

  rect(
    xMm: number,
    yMm: number,
    widthMm: number,
    heightMm: number,
    { fill, stroke, lineMm: width = 0.2, radiusMm = 0 }: Shape,
  ): void {
    const outline = (): unknown =>
      radiusMm > 0
        ? this.#pdf.roundedRect(pt(xMm), pt(yMm), pt(widthMm), pt(heightMm), pt(radiusMm))
        : this.#pdf.rect(pt(xMm), pt(yMm), pt(widthMm), pt(heightMm))
    if (fill !== undefined) {
      outline()
      this.#pdf.fill(fill)
    }
    if (stroke !== undefined) {
      outline()
      this.#pdf.lineWidth(pt(width)).stroke(stroke)
    }
  }

  circle(xMm: number, yMm: number, radiusMm: number, { fill, stroke, lineMm: width = 0.2 }: Shape): void {
    this.#pdf.circle(pt(xMm), pt(yMm), pt(radiusMm))
    if (fill !== undefined) this.#pdf.fill(fill)
    if (stroke !== undefined) this.#pdf.lineWidth(pt(width)).stroke(stroke)
  }

  /** Straight lines as one path, each list of points a stroke of its own. */
  strokes(
    lists: readonly (readonly Point[])[],
    colour: string,
    widthMm: number,
    dashMm?: readonly [number, number],
  ): void {
    this.#pdf.lineWidth(pt(widthMm)).lineJoin('round').lineCap('butt')
    if (dashMm) this.#pdf.dash(pt(dashMm[0]), { space: pt(dashMm[1]) })
    for (const points of lists) {
      for (const [index, [xMm, yMm]] of points.entries()) {
        if (index === 0) this.#pdf.moveTo(round(pt(xMm)), round(pt(yMm)))
        else this.#pdf.lineTo(round(pt(xMm)), round(pt(yMm)))
      }
    }
    this.#pdf.stroke(colour)
    if (dashMm) this.#pdf.undash()
  }

  /** A closed area. */
  area(points: readonly Point[], { fill, stroke, lineMm: width = 0.2 }: Shape): void {
    const outline = (): void => {
      for (const [index, [xMm, yMm]] of points.entries()) {
        if (index === 0) this.#pdf.moveTo(round(pt(xMm)), round(pt(yMm)))
        else this.#pdf.lineTo(round(pt(xMm)), round(pt(yMm)))
      }
      this.#pdf.closePath()
    }
    if (fill !== undefined) {
      outline()
      this.#pdf.fill(fill)
    }
    if (stroke !== undefined) {
      outline()
      this.#pdf.lineWidth(pt(width)).stroke(stroke)
    }
  }

  /** Draws inside a rectangle; what reaches out of it is cut off. */
  clipped(xMm: number, yMm: number, widthMm: number, heightMm: number, draw: () => void): void {
    this.#pdf.save().rect(pt(xMm), pt(yMm), pt(widthMm), pt(heightMm)).clip()
    draw()
    this.#pdf.restore()
  }

  /** One line across the page, turned about its middle and pale: what lies under it stays readable. */
  watermark(text: string, xMm: number, yMm: number, degrees: number, style: TextStyle & { opacity: number }): void {
    this.#pdf.save().translate(pt(xMm), pt(yMm)).rotate(degrees).opacity(style.opacity)
    this.text(text, 0, ascentMm(style) / 2, { ...style, align: 'centre' })
    this.#pdf.restore()
  }

  /** A grey picture; never smoothed into another by the file itself. */
  image({ width, height, pixels }: GreyImage, xMm: number, yMm: number, widthMm: number, heightMm: number): void {
    const reference = this.#pdf.ref({
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      BitsPerComponent: 8,
      ColorSpace: 'DeviceGray',
      Filter: 'FlateDecode',
    })
    reference.end(zlibSync(pixels))
    this.#images += 1
    const name = `Grey${this.#images}`
    this.#pdf.page.xobjects[name] = reference
    const box = [pt(widthMm), 0, 0, -pt(heightMm), pt(xMm), pt(yMm + heightMm)].map(round)
    this.#pdf.save()
    this.#pdf.addContent(`${box.join(' ')} cm`).addContent(`/${name} Do`)
    this.#pdf.restore()
  }

  /** @returns the bytes of the file; nothing can be drawn any more */
  finish(): Promise<Uint8Array> {
    this.#root.end()
    return this.#pdf.finish()
  }
}

const pt = (mm: number): number => mm * POINTS_PER_MM
const round = (value: number): number => Math.round(value * 1000) / 1000

/** From one baseline to the next. */
export const lineMm = ({ size }: TextStyle): number => (size * LINE_SPACING) / POINTS_PER_MM
/** From the top of a line's box to its baseline. */
export const ascentMm = ({ size }: TextStyle): number => size / POINTS_PER_MM
const anchorMm = (xMm: number, widthMm: number, { align = 'left' }: TextStyle): number =>
  xMm + { left: 0, centre: widthMm / 2, right: widthMm }[align]
