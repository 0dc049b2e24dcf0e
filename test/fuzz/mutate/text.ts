import type { Mutate } from '../input.ts'

const NUMBERS = ['0', '-0', '1', '-1', '2', '12', '0.5', '1e308', '-1e308', '1e309', '1e-308', '4.9e-324', 'NaN', 'Infinity', '-Infinity', '2147483647', '2147483648', '4294967295', '4294967296', '9007199254740993', '99999999', '999999999999999999999', '00000000000000000001', '0x10', '1,5', '1.2.3', '', ' ', '٣', '500', '16', '1000000'] // prettier-ignore
const WORDS = ['', ' ', '\0', '\r', '\n', '\r\n\r\n', '\t', '~', '..', '../x', '/etc/passwd', 'CON', '\u202e', '\ufeff', 'é', '😀', '#', '"', "'", ',', ';', '=', '(', ')', '[', ']', '{', '}', '<', '>', '&', '%s', '__proto__', 'constructor', 'I', 'II', 'aVR', 'V1', 'mV', 'uV', 'a'.repeat(300), '('.repeat(200)] // prettier-ignore

/** Numbers become others, words come and go, lines are doubled, dropped and swapped. */
export const mutateText: Mutate = (input, random, others) => {
  let text = Buffer.from(input).toString('latin1')
  for (let count = 1 + random.below(3); count > 0; count--) {
    switch (random.below(6)) {
      case 0:
      case 1:
        text = replaceOne(text, /[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, () => random.pick(NUMBERS), random.next())
        break
      case 2:
        text = replaceOne(
          text,
          /[A-Za-z_]{1,40}/g,
          () => Buffer.from(random.pick(WORDS)).toString('latin1'),
          random.next(),
        )
        break
      case 3: {
        const at = random.below(text.length + 1)
        text = text.slice(0, at) + Buffer.from(random.pick(WORDS)).toString('latin1') + text.slice(at + random.below(3))
        break
      }
      case 4: {
        const lines = text.split('\n')
        const [from, to] = [random.below(lines.length), random.below(lines.length)]
        if (random.chance(0.5)) lines.splice(to, 0, lines[from]!)
        else lines.splice(from, 1)
        text = lines.join('\n')
        break
      }
      default: {
        const donor = Buffer.from(random.pick([...others, input])).toString('latin1')
        const from = random.below(donor.length + 1)
        const at = random.below(text.length + 1)
        text = text.slice(0, at) + donor.slice(from, from + random.below(80)) + text.slice(at + random.below(80))
      }
    }
  }
  return Buffer.from(text.slice(0, 1 << 20), 'latin1')
}

/** Replaces one of the matches, that at `place` of all in [0, 1). */
export function replaceOne(
  text: string,
  pattern: RegExp,
  replacement: (match: string) => string,
  place: number,
): string {
  const matches = [...text.matchAll(pattern)]
  const chosen = matches[Math.floor(place * matches.length)]
  if (!chosen) return text
  return text.slice(0, chosen.index) + replacement(chosen[0]) + text.slice(chosen.index + chosen[0].length)
}
