import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src-preload/contract/index.ts'
import { fileHandlers } from '../../../src-main/app/handlers/files.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { temporaryFolder } from '../../registry/support.ts'

const handlersWith = (path: string | null) =>
  fileHandlers({
    dialogs: {
      chooseFileToSave: () => Promise.resolve(path),
      chooseFolder: () => Promise.resolve(path),
      chooseTable: () => Promise.resolve(path),
    },
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

describe('a folder of this computer', () => {
  it('shows its folders and tables by name, nothing hidden and nothing else', async () => {
    const folder = temporaryFolder()
    for (const name of ['b', 'a10', 'a9', '.hidden']) mkdirSync(join(folder, name))
    for (const name of ['List.CSV', 'x.txt', 'x.dcm', '.y.csv']) writeFileSync(join(folder, name), '')
    const listed = await handlersWith(null)['files:list-folder']({ folder })
    expect(listed.folders.map(({ name }) => name)).toEqual(['a9', 'a10', 'b'])
    expect(listed.tables.map(({ path }) => path)).toEqual([join(folder, 'List.CSV'), join(folder, 'x.txt')])
    const above = await handlersWith(null)['files:list-folder']({ folder: listed.parent! })
    expect(above.folders.map(({ path }) => path)).toContain(folder)
  })

  it('is not looked for in the network, and told where it is not there', async () => {
    const look = (folder: string) => handlersWith(null)['files:list-folder']({ folder })
    for (const path of ['\\\\server\\share', '//server/share']) {
      await expect(look(path)).rejects.toMatchObject({ code: 'batch/network-path' })
    }
    await expect(look(join(temporaryFolder(), 'gone'))).rejects.toMatchObject({ code: 'files/no-such-folder' })
  })
})
