import { zlibSync } from 'fflate'
import PDFDocument, { type DocumentOptions, type Reference } from 'pdfkit'

/**
 * pdfkit with streams that are the same bytes on every computer. Left alone it deflates with the zlib of the running
 * Node, whose output differs from processor to processor and from Electron to Node.
 */
export class DeterministicPdf extends PDFDocument {
  readonly #chunks: Uint8Array[] = []

  constructor(options: Omit<DocumentOptions, 'compress' | 'font'>) {
    // No default font: the first would be one that is not embedded.
    super({ ...options, compress: false, font: null })
    this.on('data', (chunk) => this.#chunks.push(chunk))
  }

  override ref(data: Record<string, unknown> = {}): Reference {
    const reference = super.ref(data)
    const write = reference.finalize.bind(reference)
    reference.finalize = () => {
      if (reference.buffer.length > 0 && reference.data['Filter'] === undefined) {
        reference.buffer = [zlibSync(Buffer.concat(reference.buffer))]
        reference.data['Filter'] = 'FlateDecode'
      }
      write()
    }
    return reference
  }

  /** No XMP: pdfkit writes titles into it without escaping, and must have a date. The file's own dictionary says the same. */
  override endMetadata(): void {
    // Nothing is written.
  }

  /** Ends the document. @returns the whole file */
  finish(): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.on('end', () => resolve(new Uint8Array(Buffer.concat(this.#chunks))))
      this.on('error', reject)
      this.end()
    })
  }
}
