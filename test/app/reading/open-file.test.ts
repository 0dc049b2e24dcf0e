import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companionsAmong, companionsBeside, openFile } from '../../../src-main/app/reading/open-file.ts'
import { MAX_FILE_BYTES } from '../../../src-preload/contract/constants.ts'

const unix = process.platform !== 'win32'
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString()

let root: string
let folder: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'open-file-'))
  folder = join(root, 'in')
  mkdirSync(join(folder, 'sub'), { recursive: true })
  writeFileSync(join(root, 'outside.dat'), 'outside')
  writeFileSync(join(folder, 'r.hea'), 'header')
  writeFileSync(join(folder, 'r.dat'), 'signal')
  writeFileSync(join(folder, 'UPPER.DAT'), 'upper')
  writeFileSync(join(folder, 'two.dat'), 'lower two')
  writeFileSync(join(folder, 'TWO.DAT'), 'upper two')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'a\u0308.dat'), 'decomposed')
  writeFileSync(join(folder, 'huge'), '')
  truncateSync(join(folder, 'huge'), MAX_FILE_BYTES + 1)
  if (unix) {
    symlinkSync(join(root, 'outside.dat'), join(folder, 'link.dat'))
    linkSync(join(folder, 'r.dat'), join(folder, 'hard.dat'))
    execFileSync('mkfifo', [join(folder, 'pipe.dat')])
  }
})
afterAll(() => rmSync(root, { recursive: true }))

const code = (path: string): Promise<string> =>
  openFile(path).then(
    () => 'opened',
    (error: { code: string }) => error.code,
  )

describe('opening a file', () => {
  it('reads a regular one whole, with its plain name', async () => {
    expect(await openFile(join(folder, 'r.hea'))).toEqual({
      name: 'r.hea',
      bytes: new Uint8Array(Buffer.from('header')),
    })
    expect((await openFile(join(folder, 'empty'))).bytes.length).toBe(0)
  })

  it('refuses a folder, a missing file and one that is too large', async () => {
    expect(await code(folder)).toBe('file/not-regular')
    expect(await code(join(folder, 'nothing'))).toBe('file/not-found')
    expect(await code(join(folder, 'r.hea', 'below'))).toBe('file/not-found')
    expect(await code(join(folder, 'huge'))).toBe('file/too-large')
    expect(await code(join(folder, 'a\0b'))).toBe('file/unreadable')
    expect(await code(join(folder, 'x'.repeat(5000)))).toBe('file/unreadable')
  })

  it.runIf(unix)('refuses a link and a pipe without waiting for it', async () => {
    expect(await code(join(folder, 'link.dat'))).toBe('file/not-regular')
    expect(await code(join(folder, 'pipe.dat'))).toBe('file/not-regular')
    expect(await code('/dev/zero')).toBe('file/not-regular')
  })

  it.runIf(existsSync('/proc/self/status'))('refuses a file that is not what its size says', async () => {
    expect(await code('/proc/self/status')).toBe('file/changed')
  })

  // The superuser may read everything.
  it.runIf(unix && process.getuid?.() !== 0)('refuses one that may not be read', async () => {
    writeFileSync(join(folder, 'secret'), 'x')
    chmodSync(join(folder, 'secret'), 0)
    expect(await code(join(folder, 'secret'))).toBe('file/unreadable')
  })
})

describe('companions beside a file', () => {
  const beside = (name: string): Promise<Uint8Array | undefined> => companionsBeside(join(folder, 'r.hea'))(name)

  it('are read from its folder by name, or by the only name that differs in case or Unicode form', async () => {
    expect(text(await beside('r.dat'))).toBe('signal')
    expect(text(await beside('R.DAT'))).toBe('signal')
    expect(text(await beside('upper.dat'))).toBe('upper')
    expect(text(await beside('ä.dat'))).toBe('decomposed')
    expect(text(await beside('two.dat'))).toMatch(/two$/)
    expect(await beside('absent.dat')).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')('are not guessed where two names differ in case only', async () => {
    expect(await beside('Two.Dat')).toBeUndefined()
  })

  it.each([
    '../outside.dat',
    '..\\outside.dat',
    '/etc/passwd',
    'sub/../r.dat',
    './r.dat',
    '..',
    '.',
    '',
    'r.dat\0',
    'r.dat.',
    'CON',
    'sub/',
  ])('are never looked up by %j', async (name) => expect(await beside(name)).toBeUndefined())

  it.runIf(unix)('must be regular files themselves', async () => {
    await expect(beside('link.dat')).rejects.toMatchObject({ code: 'file/not-regular' })
    await expect(beside('pipe.dat')).rejects.toMatchObject({ code: 'file/not-regular' })
    await expect(beside('sub')).rejects.toMatchObject({ code: 'file/not-regular' })
    expect(text(await beside('hard.dat'))).toBe('signal')
  })
})

describe('companions among the files of a drop', () => {
  const files = ['r.hea', 'R.dat', 'two.dat', 'TWO.dat'].map((name) => ({ name, bytes: Buffer.from(name) }))
  it('are found by the same rule', async () => {
    const among = companionsAmong(files)
    expect(text(await among('r.dat'))).toBe('R.dat')
    expect(text(await among('two.dat'))).toBe('two.dat')
    expect(await among('Two.dat')).toBeUndefined()
    expect(await among('s.dat')).toBeUndefined()
  })
})
