/** Han characters and kana are words of their own: a line may end after any of them. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u
/** Never at the start of a line, never at its end (the core of the Chinese rules, GB/T 15834-2011, 5.1). */
const NOT_FIRST = /^[，。、；：？！）》」』】〉”’…—·%％℃,.;:?!)\]}]/u
const NOT_LAST = /[（《「『【〈“‘([{]$/u

/** The smallest pieces between which a line may be broken; their spaces stay at their ends. */
function pieces(text: string): string[] {
  const raw =
    text.match(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]+\s*|\s+|./gsu) ?? []
  const joined: string[] = []
  for (const piece of raw) {
    const last = joined.at(-1)
    const glued = last !== undefined && (NOT_FIRST.test(piece) || NOT_LAST.test(last)) && !/\s$/.test(last)
    if (glued && (IDEOGRAPH.test(piece) || IDEOGRAPH.test(last))) joined[joined.length - 1] = last + piece
    else joined.push(piece)
  }
  return joined
}

/**
 * Breaks a text into lines. A piece that is wider than a line by itself, such as a hash or a file name, is broken
 * anywhere; a line break in the text is kept.
 *
 * @param widthOf  width of a piece in the same unit as `width`
 */
export function breakLines(text: string, widthOf: (text: string) => number, width: number): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => breakParagraph(paragraph, widthOf, width))
}

function breakParagraph(text: string, widthOf: (text: string) => number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (widthOf((line + piece).trimEnd()) <= width) {
      line += piece
      continue
    }
    if (line.trimEnd() !== '') lines.push(line.trimEnd())
    line = ''
    for (const character of piece.trimStart()) {
      if (line !== '' && widthOf((line + character).trimEnd()) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line.trimEnd()]
}
