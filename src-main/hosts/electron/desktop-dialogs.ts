import { BrowserWindow, dialog } from 'electron'
import type { Dialogs } from '../../app/dialogs.ts'

/**
 * The system's own dialogs, in front of the window. What is saved may be a patient's, so no list of recent documents
 * keeps its name.
 */
export const desktopDialogs: Dialogs = {
  async chooseFileToSave(name) {
    const { canceled, filePath } = await dialog.showSaveDialog(front(), {
      defaultPath: name,
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    })
    return canceled || !filePath ? null : filePath
  },
  async chooseFolder() {
    const { canceled, filePaths } = await dialog.showOpenDialog(front(), {
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  },
  async chooseTable() {
    const { canceled, filePaths } = await dialog.showOpenDialog(front(), {
      filters: [{ name: 'CSV', extensions: ['csv', 'tsv', 'txt'] }],
      properties: ['openFile', 'dontAddToRecent'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  },
}

/** The application has one window, and only it can ask. */
const front = (): BrowserWindow => BrowserWindow.getAllWindows()[0]!
