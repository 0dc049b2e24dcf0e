/**
 * The words of a text as the search compares them: compatibility forms unified (full-width ５ → 5), accents and case
 * dropped, Chinese and other writing kept apart. Words that only punctuation separates (O’Brien, DEMO-12) form a group.
 *
 * @returns groups of words, in the order of the text
 */
export function wordGroups(text: string): string[][] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  return plain.split(/\s+/).flatMap((group) => {
    const words = group.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)
    return words ? [words] : []
  })
}
