import type { Mutate } from '../input.ts'
import type { FuzzRandom } from '../random.ts'
import { replaceOne } from './text.ts'

/** Declarations that a reader must never follow, and markup that is easily mistaken. */
export const HOSTILE_MARKUP = [
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
  '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]>',
  '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
  '<!ENTITY x "y">',
  '&x;',
  '&#0;',
  '&#xFFFFFFFF;',
  '&amp;amp;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml version="1.0" encoding="x-nothing"?>',
  '<?php ?>',
  '<xi:include href="file:///etc/passwd"/>',
  '<a xmlns:b="c" b:d="e"/>',
  '<a b="c" b="d"/>',
  '</a>',
  '<a',
]

const ELEMENT = /<([A-Za-z][\w.:-]*)(?:\s[^<>]*)?>[^<>]*<\/\1>/g

/** Changes to the tree: leaves doubled, dropped, emptied and moved, names swapped, attributes and markup added. */
export const mutateXml: Mutate = (input, random) => {
  let text = Buffer.from(input).toString('latin1')
  for (let count = 1 + random.below(3); count > 0; count--) text = random.pick(CHANGES)(text, random)
  return Buffer.from(text.slice(0, 1 << 20), 'latin1')
}

const CHANGES: readonly ((text: string, random: FuzzRandom) => string)[] = [
  (text, random) => replaceOne(text, ELEMENT, (leaf) => leaf + leaf, random.next()),
  (text, random) => replaceOne(text, ELEMENT, () => '', random.next()),
  (text, random) => replaceOne(text, />[^<>]+</g, () => '><', random.next()),
  (text, random) => replaceOne(text, />[^<>]*</g, () => `>${random.pick(HOSTILE_MARKUP)}<`, random.next()),
  (text, random) => replaceOne(text, /\s[\w:-]+="[^"]*"/g, () => '', random.next()),
  (text, random) =>
    replaceOne(
      text,
      /"[^"]*"/g,
      () => `"${random.pick(['', '0', '-1', '1e999', 'x'.repeat(500), '&lt;'])}"`,
      random.next(),
    ),
  (text, random) => {
    const names = [...new Set([...text.matchAll(/<([A-Za-z][\w.:-]*)/g)].map(([, name]) => name!))]
    if (names.length === 0) return text
    const [from, to] = [random.pick(names), random.pick(names)]
    return text.replaceAll(new RegExp(`(</?)${from.replace(/[.]/g, '\\.')}(?=[\\s>])`, 'g'), `$1${to}`)
  },
  (text, random) =>
    replaceOne(text, /<([A-Za-z][\w.:-]*)>/g, (open) => open.repeat(1 + random.below(200)), random.next()),
  (text, random) => {
    const attributes = Array.from({ length: 1 + random.below(300) }, (_, index) => ` a${index}="b"`).join('')
    return replaceOne(text, /<[A-Za-z][\w.:-]*(?=[\s>])/g, (open) => open + attributes, random.next())
  },
  (text, random) => replaceOne(text, /<\/[^>]*>/g, () => '', random.next()),
]
