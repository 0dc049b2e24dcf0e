import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

/**
 * One desktop per workspace: the lock belongs to the profile folder, which lies in the workspace. A second start shows
 * the window of the first and ends.
 *
 * @returns whether this process is the first
 */
export function becomeOnlyInstance(workspace: string): boolean {
  app.setPath('userData', join(workspace, 'desktop'))
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  return true
}
