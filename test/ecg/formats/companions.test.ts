import { describe, expect, it } from 'vitest'
import { checkedCompanions, isBareName } from '../../../src-main/ecg/formats/companions.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { refusalCode } from '../files.ts'

/** Names that a file system could take for something else than a file of the same folder. */
export const HOSTILE_NAMES = [
  '', '.', '..', '../a', '..\\a', 'a/../b', '/etc/passwd', '\\\\server\\share\\a', 'C:\\a', 'C:a', 'a:stream', 'file://a',
  './a', 'a/', 'a\\', '~/a', 'a\0.dat', '\0', 'a\n.dat', 'a\u001b[0m', 'a\u202etad.exe', 'a\u200b', 'a\u2028b', 'a\u0085b',
  'con', 'CON', 'con.dat', 'PRN', 'aux.txt', 'NUL', 'nul.', 'COM1', 'com9.dat', 'COM¹', 'LPT1', 'lpt³.x', 'CONIN$', 'conout$',
  'con .dat', 'a.', 'a ', ' a', '.hidden', 'a. ', 'a*', 'a?', '"a"', 'a<b', 'a>b', 'a|b', 'x'.repeat(256), `${'../'.repeat(1000)}a`,
] // prettier-ignore

/** The same tricks in their many spellings: devices, ways up and out, and what a name may be wrapped into. */
function hostileSpellings(): string[] {
  const devices = ['con', 'prn', 'aux', 'nul', 'conin$', 'conout$', ...['com', 'lpt'].flatMap((port) => [...'0123456789¹²³'].map((digit) => port + digit))] // prettier-ignore
  const ways = [
    '../',
    '..\\',
    '.../',
    '..;/',
    '%2e/../',
    '/',
    '\\',
    '//',
    '\\\\?\\',
    '\\\\.\\',
    'C:',
    'C:/',
    'file:///',
    'sub/',
  ]
  return [
    ...devices.flatMap((device) => [
      device,
      device.toUpperCase(),
      `${device}.dat`,
      `${device} .dat`,
      `${device}. `,
      `${device}.tar.gz`,
    ]),
    ...ways.flatMap((way) => [1, 2, 3, 8, 200].map((depth) => `${way.repeat(depth)}r.dat`)),
    ...['.', '..', '\0', '\r', '\u202e', '\u200f', '\ufeff', '\u2029', ' '].flatMap((mark) => [
      mark + 'r.dat',
      `r.dat${mark}`,
    ]),
    ...HOSTILE_NAMES,
  ]
}

describe('a corpus of names that are more than names', () => {
  const corpus = hostileSpellings()

  it('of more than 300 leads nowhere', () => {
    expect(new Set(corpus).size).toBeGreaterThan(300)
    expect(corpus.filter(isBareName)).toEqual([])
  })

  it('in a header is never asked for', () => {
    // A header divides its fields by blanks and its lines by line ends.
    for (const name of corpus.filter((each) => each !== '' && !/\s/.test(each))) {
      const asked: string[] = []
      const header = `r 1 500 1\n${name} 16 200/mV 16 0 0 0 0 I\n`
      const code = refusalCode(() =>
        readRecording(Buffer.from(header), 'r.hea', (other) => {
          asked.push(other)
          return new Uint8Array(2)
        }),
      )
      expect(asked, name).toEqual([])
      expect(code, name).toMatch(/^format\//)
    }
  })
})

describe('a companion’s name', () => {
  it.each(HOSTILE_NAMES)('%j is no plain name', (name) => {
    expect(isBareName(name)).toBe(false)
    expect(refusalCode(() => checkedCompanions(() => new Uint8Array())(name))).toBe('format/companion-name')
  })

  it.each([
    's0010_re.dat',
    's0010_re.xyz',
    'HR06000.mat',
    'binformats.d0',
    '3000003_0003.dat',
    'a b.dat',
    'ä.dat',
    '记录.dat',
    'console.dat',
    'com10.dat',
    'a..b',
  ])('%s is one', (name) => expect(isBareName(name)).toBe(true))
})
