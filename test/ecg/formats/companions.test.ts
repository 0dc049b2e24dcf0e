import { describe, expect, it } from 'vitest'
import { checkedCompanions, isBareName } from '../../../src-main/ecg/formats/companions.ts'
import { refusalCode } from '../files.ts'

/** Names that a file system could take for something else than a file of the same folder. */
export const HOSTILE_NAMES = [
  '', '.', '..', '../a', '..\\a', 'a/../b', '/etc/passwd', '\\\\server\\share\\a', 'C:\\a', 'C:a', 'a:stream', 'file://a',
  './a', 'a/', 'a\\', '~/a', 'a\0.dat', '\0', 'a\n.dat', 'a\u001b[0m', 'a\u202etad.exe', 'a\u200b', 'a\u2028b', 'a\u0085b',
  'con', 'CON', 'con.dat', 'PRN', 'aux.txt', 'NUL', 'nul.', 'COM1', 'com9.dat', 'COM¹', 'LPT1', 'lpt³.x', 'CONIN$', 'conout$',
  'con .dat', 'a.', 'a ', ' a', '.hidden', 'a. ', 'a*', 'a?', '"a"', 'a<b', 'a>b', 'a|b', 'x'.repeat(256), `${'../'.repeat(1000)}a`,
] // prettier-ignore

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
