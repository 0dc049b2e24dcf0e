import { wordGroups } from './normalise.ts'
import { hanSyllables } from './pinyin.ts'

/** A name as it is compared with others. */
export interface NameForms {
  /** Without case, blanks and punctuation. */
  readonly plain: string
  /** As it sounds, Chinese in pinyin, its words in either order: Wang Xiaoming is Xiaoming Wang and 王小明. */
  readonly spoken: readonly string[]
  /** The same with its words in the order of the alphabet: what slips are looked for in. */
  readonly sorted: string
}

/** One letter may be wrong in a name of so many, two in one of twice as many. */
const LETTERS_PER_SLIP = 7

export function nameForms(name: string): NameForms {
  const words = wordGroups(name).flat()
  const syllables = words.map((word) =>
    /^\p{Script=Han}/u.test(word)
      ? hanSyllables([...word])
          .join('')
          .replaceAll('v', 'u')
      : word,
  )
  const sorted = syllables.toSorted().join('')
  const spoken = new Set([syllables.join(''), syllables.toReversed().join(''), sorted])
  return { plain: words.join('') || name.trim(), spoken: [...spoken].filter(Boolean), sorted }
}

/** Whether two names sound the same, or differ by slips of a pen. */
export function isAlike(one: NameForms, other: NameForms): boolean {
  if (one.spoken.some((form) => other.spoken.includes(form))) return true
  const slips = Math.min(2, Math.floor(Math.min(one.sorted.length, other.sorted.length) / LETTERS_PER_SLIP))
  return slips > 0 && differsByAtMost(one.sorted, other.sorted, slips)
}

/** An ID without case and the zeros that devices put before it. */
export const plainId = (localId: string): string =>
  localId
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^0+(?=.)/, '')

/**
 * Whether so few insertions, omissions, exchanges of a letter and of two neighbours make one text of another.
 *
 * @see Damerau, Communications of the ACM 7 (1964) 171–176
 */
export function differsByAtMost(one: string, other: string, slips: number): boolean {
  if (Math.abs(one.length - other.length) > slips) return false
  let [twoBefore, before]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      let least = Math.min(before[column]! + 1, line[column - 1]! + 1, before[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (swapped) least = Math.min(least, twoBefore[column - 2]! + 1)
      line.push(least)
    }
    if (Math.min(...line) > slips) return false
    twoBefore = before
    before = line
  }
  return before[other.length]! <= slips
}
