import { pinyin } from 'pinyin-pro'

/** Names use few characters again and again. */
const known = new Map<string, string>()

/**
 * The reading of each character of a Chinese name, without tones, ü as v (the keyboard's way). The first character is
 * read as a family name: 单 is shan, 曾 is zeng.
 */
export function hanSyllables(characters: readonly string[]): string[] {
  return characters.map((character, index) => syllable(character, index === 0))
}

function syllable(character: string, familyName: boolean): string {
  const key = familyName ? `^${character}` : character
  let reading = known.get(key)
  if (reading === undefined) {
    reading = pinyin(character, {
      toneType: 'none',
      type: 'array',
      v: true,
      ...(familyName && { surname: 'all' as const }),
    })
      .join('')
      .toLowerCase()
    known.set(key, reading)
  }
  return reading
}
