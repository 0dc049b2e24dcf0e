/**
 * The words of a text as the search compares them: compatibility forms unified (full-width ５ → 5), accents and case
 * dropped, anything but letters and digits taken for a space, Chinese and other writing kept apart.
 */
export function normaliseText(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  return plain.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
}
