import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import { isStale, sourceState, stampPath } from '../../build/source-state.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cardionets-sources-'))
  mkdirSync(join(directory, 'src-main', 'app'), { recursive: true })
  mkdirSync(join(directory, 'out'))
  writeFileSync(join(directory, 'src-main', 'app', 'a.ts'), 'a')
  writeFileSync(join(directory, 'package.json'), '{}')
  writeFileSync(stampPath(directory), sourceState(directory))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('a build', () => {
  it('is current while nothing changes, also when other files do', () => {
    mkdirSync(join(directory, 'test'))
    writeFileSync(join(directory, 'test', 'a.test.ts'), '')
    expect(isStale(directory)).toBe(false)
  })

  it.each<[string, (path: string) => void]>([
    ['edited to the same length', (path) => (writeFileSync(path, 'b'), utimesSync(path, 1, 1))],
    ['renamed', (path) => renameSync(path, join(dirname(path), 'b.ts'))],
    ['removed', (path) => rmSync(path)],
    ['joined by another', (path) => writeFileSync(join(dirname(path), 'b.ts'), '')],
  ])('is stale when a source is %s', (_, change) => {
    change(join(directory, 'src-main', 'app', 'a.ts'))
    expect(isStale(directory)).toBe(true)
  })

  it('is stale when a dependency changes', () => {
    writeFileSync(join(directory, 'package.json'), '{"dependencies":{}}')
    expect(isStale(directory)).toBe(true)
  })

  it('is stale when it is missing or was cut off', () => {
    rmSync(stampPath(directory))
    expect(isStale(directory)).toBe(true)
  })
})
