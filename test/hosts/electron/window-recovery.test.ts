import { expect, it } from 'vitest'
import { openAppWindow } from '../../../src-main/hosts/electron/app-window.ts'
import { recorded, type BrowserWindow } from '../../electron-stub.ts'

it('a window whose process dies is loaded anew, and closed with a sentence when it dies three times in a minute', () => {
  openAppWindow({ session: {} as never, developmentUrl: undefined })
  const window: BrowserWindow = recorded.windows.at(-1)!
  const die = (reason: string): boolean => window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 })
  die('clean-exit')
  expect(window.webContents.reloads).toBe(0)
  die('crashed')
  die('oom')
  expect(window.webContents.reloads).toBe(2)
  expect(window.acts).toEqual([])
  die('killed')
  expect(window.webContents.reloads).toBe(2)
  expect(window.acts).toEqual(['destroy'])
  expect(recorded.errorBoxes).toHaveLength(1)
})
