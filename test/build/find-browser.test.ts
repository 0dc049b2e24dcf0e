import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candidates, findBrowser } from '../../build/find-browser.ts'
import { appWindowArguments } from '../../build/launch/app-browser.ts'
import { hasDisplay } from '../../build/launch/display.ts'
import { readLaunchOptions } from '../../build/launch/options.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardionets-browsers-'))
  writeFileSync(join(folder, 'google-chrome'), '#!/bin/sh\n')
  chmodSync(join(folder, 'google-chrome'), 0o755)
  writeFileSync(join(folder, 'google-chrome-stable'), 'not executable')
  chmodSync(join(folder, 'google-chrome-stable'), 0o644)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the browser', () => {
  it.skipIf(process.platform === 'win32')('is the first on the path that can be run', () => {
    expect(findBrowser('linux', { PATH: folder })).toMatchObject({ path: join(folder, 'google-chrome') })
  })

  it('is the one that CARDIONETS_BROWSER names, and no other if that cannot be run', () => {
    expect(findBrowser('linux', { PATH: folder, CARDIONETS_BROWSER: process.execPath })?.path).toBe(process.execPath)
    expect(findBrowser('linux', { PATH: folder, CARDIONETS_BROWSER: join(folder, 'none') })).toBeUndefined()
  })

  it('is looked for where each system installs Chrome, Chromium and Edge', () => {
    const windows = candidates('win32', { PROGRAMFILES: 'C:\\PF', 'PROGRAMFILES(X86)': 'C:\\PF86' })
    expect(windows.map(({ name }) => name)).toEqual(expect.arrayContaining(['Chrome', 'Edge']))
    expect(windows.some(({ path }) => /^C:\\PF86.Microsoft.Edge.Application.msedge\.exe$/.test(path))).toBe(true)
    const mac = candidates('darwin', {}).map(({ path }) => path)
    expect(mac).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  })
})

describe('its application window', () => {
  it('has a profile of its own, resolves no name and keeps its sandbox', () => {
    const link = 'http://127.0.0.1:8123/start?token=x'
    const flags = appWindowArguments(link, '/tmp/profile')
    expect(flags).toEqual(
      expect.arrayContaining([`--app=${link}`, '--user-data-dir=/tmp/profile', '--disable-background-networking']),
    )
    expect(flags.some((flag) => flag.startsWith('--host-resolver-rules=MAP * ~NOTFOUND'))).toBe(true)
    expect(flags.join(' ')).not.toMatch(/no-sandbox|disable-web-security|remote-debugging/)
  })
})

describe('a display', () => {
  it('is what the environment names on Linux, and everywhere else unless this is a remote shell', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('win32', {})).toBe(true)
    expect(hasDisplay('darwin', { SSH_CONNECTION: '::1 1 ::1 22' })).toBe(false)
  })
})

describe('npm start', () => {
  it('opens the desktop unless an option speaks of the browser', () => {
    expect(readLaunchOptions([])).toMatchObject({ inBrowser: false, open: true, shared: [] })
    expect(readLaunchOptions(['--browser'])).toMatchObject({ inBrowser: true, open: true })
    expect(readLaunchOptions(['--port', '8123'])).toMatchObject({ inBrowser: true, open: true, port: '8123' })
    expect(readLaunchOptions(['--no-open'])).toMatchObject({ inBrowser: true, open: false })
  })

  it('passes on what the desktop and the host both understand, and refuses what nobody does', () => {
    expect(readLaunchOptions(['--workspace', 'w', '--pack=p'])?.shared).toEqual(['--workspace', 'w', '--pack', 'p'])
    expect(() => readLaunchOptions(['--prot', '1'])).toThrow('--prot')
    expect(readLaunchOptions(['-h'])).toBeUndefined()
  })
})
