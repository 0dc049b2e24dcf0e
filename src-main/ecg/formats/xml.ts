import { SaxesParser } from 'saxes'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { decodeAs, decodeHead, markedEncoding, printable } from './text.ts'

/** One element of a parsed document. `text` is the element's own character data, untrimmed. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  text: string
}

/** Deepest nesting, most elements and attributes, and longest text (UTF-16 units) of one document. */
const MAX_DEPTH = 64
const MAX_NODES = 1_000_000
const MAX_TEXT = 64 * 2 ** 20

/**
 * Parses a whole XML document strictly: what is not well-formed is refused, above all a document that was cut off.
 * No entity but XML's own five and character references is known, nothing is ever fetched, and a document type
 * declaration is refused on sight.
 *
 * @param harmlessDoctype  the one declaration that this format's writers put there, without an internal subset, as
 *   the text between `<!DOCTYPE` and `>`; blanks count as one
 * @throws AppError `format/malformed`, `format/doctype`, `format/encoding-unknown`, `format/too-large`
 */
export function parseXml(bytes: Uint8Array, harmlessDoctype?: string): XmlElement {
  const text = decodeXml(bytes)
  if (text.length > MAX_TEXT) throw tooLarge(`more than ${MAX_TEXT} characters`)
  const parser = new SaxesParser({ xmlns: false, position: true })
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open: XmlElement[] = [document]
  let nodes = 0
  const count = (): void => {
    if (++nodes > MAX_NODES) throw tooLarge(`more than ${MAX_NODES} elements and attributes`)
  }
  parser.on('doctype', (declaration) => {
    if (declaration.trim().replace(/\s+/g, ' ') !== harmlessDoctype) throw doctypeRefused()
  })
  parser.on('attribute', count)
  parser.on('opentag', ({ name, attributes }) => {
    count()
    if (open.length > MAX_DEPTH) throw tooLarge(`elements nested deeper than ${MAX_DEPTH}`)
    const element: XmlElement = { name, attributes, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const append = (piece: string): void => void (open.at(-1)!.text += piece)
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('error', (cause) => {
    throw new AppError(
      'format/malformed',
      `The XML is broken or cut off (${printable(cause.message, 120)}). Export the file again.`,
      { cause },
    )
  })
  parser.write(text).close()
  return document.children[0]!
}

/** The root element's name as far as a file's head shows it, or undefined where the head is no XML. */
export function xmlRootName(head: Uint8Array): string | undefined {
  const text = decodeHead(head)?.trimStart()
  if (!text?.startsWith('<')) return undefined
  // Prolog: declaration, processing instructions, comments, document type.
  let rest = text
  for (let skipped = true; skipped;) {
    // An internal subset may hold anything; such a document is refused anyway, by its own format's reader.
    const subset = /^<!DOCTYPE\s+([A-Za-z_][\w.:-]*)[^>[]*\[/.exec(rest)
    if (subset) return subset[1]
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : rest.startsWith('<!') ? '>' : ''
    const at = end === '' ? -1 : rest.indexOf(end)
    skipped = at >= 0
    if (skipped) rest = rest.slice(at + end.length).trimStart()
  }
  return /^<([A-Za-z_][\w.:-]*)[\s/>]/.exec(rest)?.[1]
}

/** The first child of that name, through as many levels as names are given. */
export function childAt(element: XmlElement, ...path: string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), element)
}

/** All children of that name of all children of the names before it. */
export function childrenAt(element: XmlElement, ...path: string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  )
}

/** The trimmed text of a child, or undefined where it is absent or empty. */
export function textAt(element: XmlElement, ...path: string[]): string | undefined {
  return childAt(element, ...path)?.text.trim() || undefined
}

/** The number that a child's text is, or undefined where it is absent or no finite decimal number. */
export function numberAt(element: XmlElement, ...path: string[]): number | undefined {
  return decimal(textAt(element, ...path))
}

/** The number that a text is, or undefined where it is no finite decimal number. */
export function decimal(text: string | undefined): number | undefined {
  return text !== undefined && text.length <= 64 && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(text)
    ? Number(text)
    : undefined
}

function decodeXml(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes)
  if (marked) return decodeAs(bytes, marked)
  const declaration = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const label = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8'
  return decodeAs(bytes, label)
}

const doctypeRefused = (): AppError =>
  new AppError(
    'format/doctype',
    'The XML holds a document type declaration, which is refused for safety. Export the file without it.',
  )

const tooLarge = (what: string): AppError => new AppError('format/too-large', `The XML holds ${what}.`)
