import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchElectron, findElectron } from '../../build/launch/electron-runtime.ts'

let packageDir: string
beforeEach(() => (packageDir = mkdtempSync(join(tmpdir(), 'cardionets-electron-'))))
afterEach(() => rmSync(packageDir, { recursive: true }))

const installer = (source: string): void => writeFileSync(join(packageDir, 'install.js'), source)
const installed = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  mkdirSync(__dirname + '/dist'); writeFileSync(__dirname + '/dist/electron', ''); writeFileSync(__dirname + '/path.txt', 'electron')`

describe('the Electron runtime', () => {
  it('is absent in the package as npm installs it', () => {
    expect(findElectron(packageDir, {})).toBeUndefined()
  })

  it('is found where the installer says it put it, and not where only the note of it is left', () => {
    writeFileSync(join(packageDir, 'path.txt'), 'electron')
    expect(findElectron(packageDir, {})).toBeUndefined()
    mkdirSync(join(packageDir, 'dist'))
    writeFileSync(join(packageDir, 'dist', 'electron'), '')
    expect(findElectron(packageDir, {})).toBe(join(packageDir, 'dist', 'electron'))
  })

  it('is fetched by the package’s own installer', async () => {
    installer(installed)
    expect(await fetchElectron(packageDir)).toBe(join(packageDir, 'dist', 'electron'))
  })

  it('is given up when the installer fails, as without a network', async () => {
    installer('process.exit(1)')
    expect(await fetchElectron(packageDir)).toBeUndefined()
  })

  it('is not waited for beyond the limit', async () => {
    installer('setTimeout(() => {}, 60_000)')
    expect(await fetchElectron(packageDir, 50)).toBeUndefined()
  })
})
