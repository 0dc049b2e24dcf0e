import { Menu } from 'electron'

/** No menu where the window has none. macOS keeps Quit and the editing keys in the menu, so there they stay. */
export function setupMenu(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'darwin') return Menu.setApplicationMenu(null)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { role: 'appMenu', submenu: [{ role: 'about' }, { role: 'hide' }, { role: 'quit' }] },
      {
        role: 'editMenu',
        submenu: [
          { role: 'undo' },
          { role: 'redo' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      { role: 'windowMenu', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
    ]),
  )
}
