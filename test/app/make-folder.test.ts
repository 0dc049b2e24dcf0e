import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../../src-main/app/make-folder.ts'

const temporary = (): string => mkdtempSync(join(tmpdir(), 'cardionets-folder-'))

describe('making a folder', () => {
  it('makes what is missing above it, and leaves one that is there', () => {
    const path = join(temporary(), 'a', 'b', 'c')
    makeFolder(path)
    makeFolder(path)
    expect(statSync(path).isDirectory()).toBe(true)
  })

  it('refuses a path with a file in it', () => {
    const file = join(temporary(), 'file')
    writeFileSync(file, '')
    expect(() => makeFolder(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(() => makeFolder(join(file, 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
  })

  it.skipIf(!existsSync('/proc/self'))('ends where the file system takes no new name', () => {
    expect(() => makeFolder('/proc/nope/below')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})
