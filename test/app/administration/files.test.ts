import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src-preload/contract/index.ts'
import { fileHandlers } from '../../../src-main/app/handlers/files.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { temporaryFolder } from '../../registry/support.ts'

const handlersWith = (path: string | null) =>
  fileHandlers({
    dialogs: { chooseFileToSave: () => Promise.resolve(path), chooseFolder: () => Promise.resolve(path) },
  } as unknown as Services)

describe('what is saved as a file', () => {
  it('lies whole where the user chose, and nowhere else', async () => {
    const folder = temporaryFolder()
    const content = new TextEncoder().encode('a,b\r\n')
    const path = join(folder, 'table.csv')
    expect(await handlersWith(path)['files:save']({ name: 'table.csv', content })).toEqual({ saved: true })
    expect(readFileSync(path)).toEqual(Buffer.from(content))
    expect(readdirSync(folder)).toEqual(['table.csv'])
  })

  it('is written nowhere where the user chose nothing', async () => {
    const content = new Uint8Array(3)
    expect(await handlersWith(null)['files:save']({ name: 'a.csv', content })).toEqual({ saved: false })
    expect(await handlersWith(null)['files:choose-folder']()).toEqual({ folder: null })
  })

  it('is told where it cannot be written', async () => {
    const path = join(temporaryFolder(), 'no such folder', 'table.csv')
    await expect(handlersWith(path)['files:save']({ name: 'a.csv', content: new Uint8Array() })).rejects.toMatchObject({
      code: 'files/not-written',
    })
  })

  it('is proposed under a name that holds no path', () => {
    const { input } = contract['files:save']
    const parses = (name: string): boolean => input.safeParse({ name, content: new Uint8Array() }).success
    for (const name of ['../a.csv', 'a/b.csv', 'a\\b.csv', 'C:a.csv', 'a\nb', ''])
      expect([name, parses(name)]).toEqual([name, false])
    expect(parses('王小明 2025-03-01.csv')).toBe(true)
  })
})
