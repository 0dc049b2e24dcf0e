import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultWorkspace, openWorkspace } from '../../src-main/app/workspace.ts'

let root: string
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'cardionets-workspace-'))))
afterAll(() => rmSync(root, { recursive: true }))

const mode = (path: string): number => statSync(path).mode & 0o777
const codeOf = (open: () => unknown): string => {
  try {
    open()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'opened'
}

describe('the default folder', () => {
  it('is the place for local application data of each system', () => {
    expect(defaultWorkspace('linux', {}, '/home/a')).toBe('/home/a/.local/share/CardioNets')
    expect(defaultWorkspace('linux', { XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data/CardioNets')
    expect(defaultWorkspace('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Application Support/CardioNets')
    expect(defaultWorkspace('win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Users\\a')).toMatch(/^C:\\Local.CardioNets$/)
  })
})

describe('the first start', () => {
  it('makes a folder that only its owner may enter, with a marker and a README', () => {
    const path = join(root, 'a', 'new')
    expect(openWorkspace(path)).toBe(path)
    expect(readdirSync(path).sort()).toEqual(['README.txt', 'workspace.json'])
    expect(JSON.parse(readFileSync(join(path, 'workspace.json'), 'utf8'))).toEqual({ schema: 1 })
    if (process.platform !== 'win32') {
      expect(mode(path)).toBe(0o700)
      expect(mode(join(path, 'workspace.json'))).toBe(0o600)
    }
  })

  it('narrows the permissions of an empty folder that was there', () => {
    const path = join(root, 'empty')
    mkdirSync(path, { mode: 0o777 })
    chmodSync(path, 0o777)
    openWorkspace(path)
    if (process.platform !== 'win32') expect(mode(path)).toBe(0o700)
  })
})

describe('a start after one that was cut off', () => {
  it.each([['README.txt'], ['README.txt', 'workspace.json.tmp']])('makes the workspace whole: %s, %s', (...names) => {
    const whole = readFileSync(join(openWorkspace(join(root, 'whole')), 'README.txt'), 'utf8')
    const path = mkdtempSync(join(root, 'cut-off-'))
    for (const name of names) writeFileSync(join(path, name), name === 'README.txt' ? whole.slice(0, 40) : '{"sch')
    expect(openWorkspace(path)).toBe(path)
    expect(readFileSync(join(path, 'README.txt'), 'utf8')).toBe(whole)
    expect(readdirSync(path).sort()).toEqual(['README.txt', 'workspace.json'])
  })

  it('takes nobody else’s README for its own', () => {
    const path = mkdtempSync(join(root, 'read-me-'))
    writeFileSync(join(path, 'README.txt'), 'my own words')
    expect(codeOf(() => openWorkspace(path))).toBe('workspace/not-ours')
  })
})

describe('a later start', () => {
  it('changes nothing', () => {
    const path = openWorkspace(join(root, 'kept'))
    writeFileSync(join(path, 'registry.db'), 'x')
    writeFileSync(join(path, 'README.txt'), 'my own words')
    expect(openWorkspace(path)).toBe(path)
    expect(readFileSync(join(path, 'README.txt'), 'utf8')).toBe('my own words')
  })
})

describe('refused, and left as they are', () => {
  it('a folder with other things in it', () => {
    const path = join(root, 'photos')
    mkdirSync(path)
    writeFileSync(join(path, 'cat.jpg'), '')
    expect(codeOf(() => openWorkspace(path))).toBe('workspace/not-ours')
    expect(readdirSync(path)).toEqual(['cat.jpg'])
  })

  it('a file', () => {
    writeFileSync(join(root, 'file'), '')
    expect(codeOf(() => openWorkspace(join(root, 'file')))).toBe('workspace/not-a-folder')
  })

  it.each([
    ['workspace/schema-newer', '{"schema":3}'],
    ['workspace/damaged', '{"schema":"1"}'],
    ['workspace/damaged', '{"sche'],
  ])('%s for the marker %s', (code, text) => {
    const path = openWorkspace(join(root, `marker-${text.length}`))
    writeFileSync(join(path, 'workspace.json'), text)
    expect(codeOf(() => openWorkspace(path))).toBe(code)
    expect(readFileSync(join(path, 'workspace.json'), 'utf8')).toBe(text)
  })

  it('a place where nothing can be made', () => {
    expect(codeOf(() => openWorkspace('/dev/null/workspace'))).toMatch(/^workspace\/not-/)
  })
})
