import { create, type Font } from 'fontkit'
import { readFontFile, type FontName } from '../font-files.ts'

export type Weight = 'regular' | 'bold'

/** Parsed once a process: opening ten megabytes of Han outlines takes longer than writing a page. */
const parsed = new Map<FontName, Font>()

function fontOf(name: FontName): Font {
  const known = parsed.get(name)
  if (known) return known
  const font = create(readFontFile(name))
  parsed.set(name, font)
  return font
}

/** Stands for a character that no font of ours has: the geta mark, which printers have used for that since lead type. */
export const MISSING_MARK = '\u3013'

/** Characters without a picture of their own that may stand in a name: they are left out, not marked as missing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029\uFE00-\uFE0F]/gu

/** Marks that Chinese sets as wide as a character and other languages do not: which they are, their neighbours tell. */
const EITHER_WIDTH = /[‘’“”…·•—]/u
const WIDE_NEIGHBOUR = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF…—]/u

export interface TextRun {
  readonly font: Font
  readonly text: string
}

/** Splits a line by the font that has its characters. What no font has becomes `MISSING_MARK`. */
export function toRuns(text: string, weight: Weight): TextRun[] {
  const fonts = weight === 'bold' ? (['bold', 'spareBold'] as const) : (['regular', 'spareRegular'] as const)
  const [usual, spare] = [fontOf(fonts[0]), fontOf(fonts[1])]
  const runs: { font: Font; text: string }[] = []
  // Composed forms: fonts have é, not e and an accent beside it.
  const characters = [...text.normalize('NFC').replace(INVISIBLE, ' ')]
  for (const [index, character] of characters.entries()) {
    const code = character.codePointAt(0)!
    const narrow =
      EITHER_WIDTH.test(character) &&
      !WIDE_NEIGHBOUR.test(characters[index - 1] ?? '') &&
      !WIDE_NEIGHBOUR.test(characters[index + 1] ?? '')
    const wanted = narrow ? [spare, usual] : [usual, spare]
    const font = wanted.find((candidate) => candidate.hasGlyphForCodePoint(code)) ?? null
    const last = runs.at(-1)
    const shown = font === null ? MISSING_MARK : character
    if (last && last.font === (font ?? usual)) last.text += shown
    else runs.push({ font: font ?? usual, text: shown })
  }
  return runs
}

/** The characters of a text that no font of ours has, each once, in the order in which they come. */
export function missingCharacters(text: string): string[] {
  const fonts = [fontOf('regular'), fontOf('spareRegular')]
  const has = (character: string): boolean => fonts.some((font) => font.hasGlyphForCodePoint(character.codePointAt(0)!))
  return [...new Set(text.normalize('NFC').replace(INVISIBLE, ''))].filter((character) => !has(character))
}
