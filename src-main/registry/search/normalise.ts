/**
 * The words of a text as the search compares them: compatibility forms unified (full-width ５ → 5), accents and case
 * dropped, Chinese and other writing kept apart. Words that only punctuation separates (O’Brien, DEMO-12) form a group.
 *
 * @returns groups of words, in the order of the text
 */
export function wordGroups(text: string): string[][] {
  // A Chinese name has one form only, and so has what is written in ASCII: most names and ids need no tables.
  if (UNIFIED_IDEOGRAPHS.test(text)) return [[text]]
  if (ASCII.test(text)) return groupsOf(text.toLowerCase(), /[a-z0-9]+/g)
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  return groupsOf(plain, /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)
}

const UNIFIED_IDEOGRAPHS = /^[\u4e00-\u9fef]+$/
const ASCII = /^[\0-\x7f]*$/

const groupsOf = (plain: string, word: RegExp): string[][] =>
  plain.split(/\s+/).flatMap((group) => {
    const words = group.match(word)
    return words ? [words] : []
  })
