/** pdfkit and fontkit ship no types. What we use of them. */
declare module 'pdfkit' {
  import type { Font } from 'fontkit'

  export interface StructureElement {
    add(child: StructureElement | (() => void)): StructureElement
    end(): void
  }

  /** An object of the file; `finalize` writes it. */
  export interface Reference {
    data: Record<string, unknown>
    buffer: Uint8Array[]
    finalize(): void
    end(chunk?: Uint8Array): void
  }

  export interface DocumentOptions {
    autoFirstPage: boolean
    bufferPages: boolean
    compress: boolean
    displayTitle: boolean
    font: null
    info: Record<string, string | Date>
    lang: string
    pdfVersion: '1.7'
    tagged: boolean
  }

  export default class PDFDocument {
    constructor(options: DocumentOptions)
    info: Record<string, string | Date>
    page: { width: number; height: number; xobjects: Record<string, Reference> }
    on(event: 'data', listener: (chunk: Uint8Array) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
    end(): void
    endMetadata(): void
    ref(data?: Record<string, unknown>): Reference

    addPage(options: { size: [width: number, height: number]; margin: number }): this
    bufferedPageRange(): { start: number; count: number }
    switchToPage(index: number): unknown
    addContent(operators: string): this

    struct(type: string, options: { alt?: string; lang?: string; scope?: string }, draw?: () => void): StructureElement
    addStructure(element: StructureElement): this
    markContent(tag: 'Artifact', options: { type: string }): this
    endMarkedContent(): this

    save(): this
    restore(): this
    translate(x: number, y: number): this
    rotate(degrees: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this
    closePath(): this
    rect(x: number, y: number, width: number, height: number): this
    roundedRect(x: number, y: number, width: number, height: number, radius: number): this
    circle(x: number, y: number, radius: number): this
    clip(): this
    stroke(colour: string): this
    fill(colour: string): this
    lineWidth(points: number): this
    lineJoin(style: 'round' | 'miter'): this
    lineCap(style: 'round' | 'butt'): this
    dash(length: number, options: { space: number }): this
    undash(): this
    opacity(value: number): this
    fillColor(colour: string): this

    font(font: Font): this
    fontSize(points: number): this
    text(text: string, x: number, y: number, options: { lineBreak: false; baseline: 'alphabetic' }): this
    widthOfString(text: string): number
  }
}

declare module 'fontkit' {
  export interface Font {
    readonly postscriptName: string
    hasGlyphForCodePoint(codePoint: number): boolean
  }
  export function create(bytes: Uint8Array): Font
}
