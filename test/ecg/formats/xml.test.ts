import { describe, expect, it } from 'vitest'
import { numberAt, parseXml, textAt, xmlRootName } from '../../../src-main/ecg/formats/xml.ts'
import { refusalCode } from '../files.ts'

const parse = (text: string, doctype?: string) => parseXml(Buffer.from(text), doctype)
const code = (text: string | Uint8Array, doctype?: string): string =>
  refusalCode(() => parseXml(Buffer.from(text as string), doctype))
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

describe('strict XML', () => {
  it('is a tree of names, attributes and text', () => {
    const root = parse('<?xml version="1.0"?><a x="1"><b> 2.5 </b><c>x<![CDATA[<y>]]>z</c><b>3</b></a>')
    expect(root).toMatchObject({ name: 'a', attributes: { x: '1' } })
    expect(numberAt(root, 'b')).toBe(2.5)
    expect(textAt(root, 'c')).toBe('x<y>z')
    expect(textAt(root, 'd')).toBeUndefined()
    expect(numberAt(root, 'c')).toBeUndefined()
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeff<a>ä</a>')],
    ['UTF-8 declared', Buffer.from('<?xml version="1.0" encoding="utf-8"?><a>ä</a>')],
    ['UTF-8 by default', Buffer.from('<a>ä</a>')],
    ['Latin-1 declared', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ä</a>', 'latin1')],
    [
      'UTF-16 little-endian with a mark',
      Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>ä</a>', 'utf16le'),
    ],
    ['UTF-16 big-endian with a mark', utf16be('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>ä</a>')],
    ['UTF-16 without a mark', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>ä</a>', 'utf16le')],
  ])('is decoded: %s', (_, bytes) => {
    expect(parseXml(bytes).text).toBe('ä')
    expect(xmlRootName(bytes)).toBe('a')
  })

  it.each([
    ['cut off', '<a><b>1</b>', 'format/malformed'],
    ['cut off in a tag', '<a><b', 'format/malformed'],
    ['two roots', '<a/><b/>', 'format/malformed'],
    ['text behind the end', '<a/>x', 'format/malformed'],
    ['crossed tags', '<a><b></a></b>', 'format/malformed'],
    ['the same attribute twice', '<a x="1" x="2"/>', 'format/malformed'],
    ['nothing', '', 'format/malformed'],
    ['bytes that are not of the encoding', Buffer.from('<a>ä</a>', 'latin1'), 'format/malformed'],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><a/>', 'format/encoding-unknown'],
  ])('refuses %s', (_, text, expected) => expect(code(text)).toBe(expected))

  it('refuses a truncation at every byte', () => {
    const whole = '<?xml version="1.0"?><a x="1"><b>2</b><!-- c --><d/></a>'
    for (let length = 0; length < whole.length; length++)
      expect(code(whole.slice(0, length)), `${length}`).toBe('format/malformed')
    expect(code(whole)).toBe('accepted')
  })
})

describe('document types and entities', () => {
  it.each([
    ['a bare declaration', '<!DOCTYPE a><a/>'],
    ['an external subset', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['a public identifier', '<!DOCTYPE a PUBLIC "x" "http://elsewhere/a.dtd"><a/>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://elsewhere/x">%x;]><a/>'],
    [
      'a billion laughs',
      `<!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 9 }, (_, k) => `<!ENTITY a${k + 1} "${`&a${k};`.repeat(10)}">`).join('')}]><a>&a9;</a>`,
    ],
    ['a quadratic blow-up', `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(50_000)}">]><a>${'&x;'.repeat(5000)}</a>`],
    ['a default attribute', '<!DOCTYPE a [<!ATTLIST a x CDATA "1">]><a/>'],
    ['lower case', '<!doctype a><a/>'],
  ])('are refused: %s', (_, text) => expect(['format/doctype', 'format/malformed']).toContain(code(text)))

  it('are tolerated only as the one harmless declaration of a format', () => {
    expect(code('<!DOCTYPE a SYSTEM "a.dtd"><a/>', 'a SYSTEM "a.dtd"')).toBe('accepted')
    expect(code('<!DOCTYPE  a\n SYSTEM "a.dtd" ><a/>', 'a SYSTEM "a.dtd"')).toBe('accepted')
    expect(code('<!DOCTYPE a SYSTEM "b.dtd"><a/>', 'a SYSTEM "a.dtd"')).toBe('format/doctype')
    expect(code('<!DOCTYPE a SYSTEM "a.dtd" [<!ENTITY x "y">]><a/>', 'a SYSTEM "a.dtd"')).toBe('format/doctype')
  })

  it('give no entity but XML’s own five', () => {
    expect(parse('<a>&lt;&amp;&gt;&quot;&apos;&#228;</a>').text).toBe('<&>"\'ä')
    expect(code('<a>&auml;</a>')).toBe('format/malformed')
  })
})

describe('limits', () => {
  it('64 levels may be nested, 65 not', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    expect(code(nested(64))).toBe('accepted')
    expect(code(nested(65))).toBe('format/too-large')
  })

  it('a million elements and attributes, no more', () => {
    expect(code(`<r>${'<a/>'.repeat(1_000_001)}</r>`)).toBe('format/too-large')
    expect(code(`<r ${Array.from({ length: 2000 }, (_, k) => `a${k}="1"`).join(' ')}/>`)).toBe('accepted')
  })
})
