import { searchWords } from './search-tokens.ts'

/** The full-text query for what a person typed: every word must begin a piece; null where nothing is left of it. */
export function matchQuery(text: string): string | null {
  const words = searchWords(text)
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ')
}
