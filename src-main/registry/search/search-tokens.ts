import { wordGroups } from './normalise.ts'
import { hanSyllables } from './pinyin.ts'

/** What of a patient the search field finds. */
export interface SearchedFields {
  readonly localId: string
  readonly name: string
  readonly birthDate: string | null
}

/** A Latin piece of one letter would match half of all patients and help nobody. */
const SHORTEST_PIECE = 2
const SHORTEST_ID_PIECE = 3
const LONGEST_WORD = 40

/**
 * The pieces under which a patient is found, separated by spaces. Looking up the beginning of a piece finds any part
 * of a name, because each piece is an end of a word: 王小明 gives 王小明 小明 明, wangxiaoming xiaoming ming, wxm xm m.
 */
export function searchTokens({ localId, name, birthDate }: SearchedFields): string {
  const tokens = new Set<string>()
  for (const group of wordGroups(name)) {
    for (const word of group) {
      if (isHan(word)) addHan(tokens, word)
      else addEnds(tokens, word, SHORTEST_PIECE)
    }
    addJoined(tokens, group)
  }
  for (const group of wordGroups(localId)) {
    for (const word of group) addEnds(tokens, word, SHORTEST_ID_PIECE)
    addJoined(tokens, group)
  }
  if (birthDate) tokens.add(birthDate.replaceAll('-', ''))
  return [...tokens].join(' ')
}

/** @returns the words that must each begin a piece of a patient who matches what a person typed */
export function searchWords(text: string): string[] {
  const dated = text.replace(/\b((?:18|19|20)\d\d)[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b/g, compactDate)
  const words = wordGroups(dated).flatMap((group) =>
    // An id is looked up as a whole: its beginning alone may be that of every id here.
    group.some((word) => /\d/.test(word)) ? [group.join('')] : group,
  )
  return words.map((word) => word.slice(0, LONGEST_WORD))
}

const isHan = (word: string): boolean => /^\p{Script=Han}/u.test(word)

const compactDate = (_: string, year: string, month: string, day: string | undefined): string =>
  year + month.padStart(2, '0') + (day?.padStart(2, '0') ?? '')

function addHan(tokens: Set<string>, word: string): void {
  const shortened = upToLongest(word)
  const syllables = hanSyllables([...shortened])
  let reading = syllables.join('')
  let initials = syllables.map((syllable) => syllable[0] ?? '').join('')
  for (const [start, end] of endsOf(shortened).entries()) {
    tokens.add(end)
    tokens.add(reading)
    // 吕 is lv on the keyboard; lü without its dots arrives here as lu.
    if (reading.includes('v')) tokens.add(reading.replaceAll('v', 'u'))
    tokens.add(initials)
    const { length } = syllables[start]!
    reading = reading.slice(length)
    if (length > 0) initials = initials.slice(1)
  }
}

function addEnds(tokens: Set<string>, word: string, shortest: number): void {
  const ends = endsOf(upToLongest(word))
  tokens.add(ends[0]!)
  for (let start = 1; start <= ends.length - shortest; start += 1) tokens.add(ends[start]!)
}

/** A word has no more characters than it has code units, so that few need to be counted. */
const upToLongest = (word: string): string =>
  word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join('')

/** The word itself and all its ends, by whole characters, the longest first. */
function endsOf(word: string): string[] {
  const ends: string[] = []
  for (let at = 0; at < word.length; at += word.codePointAt(at)! > 0xffff ? 2 : 1) ends.push(word.slice(at))
  return ends
}

/** O’Brien is found as obrien, too, and an id by its last parts written together. */
function addJoined(tokens: Set<string>, group: readonly string[]): void {
  for (let start = 0; start < group.length - 1; start += 1) {
    tokens.add(group.slice(start).join('').slice(0, LONGEST_WORD))
  }
}
