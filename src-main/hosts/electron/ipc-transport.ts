import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { Reply } from '../../../src-preload/contract/index.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../../src-preload/ipc-channels.ts'
import type { Dispatcher } from '../../app/dispatch.ts'
import { isOwnAddress } from './app-origin.ts'

/** Puts the contract behind the one IPC channel, and its events on the other. Only our own main frame is heard. */
export function setupIpcTransport(dispatcher: Dispatcher, developmentUrl: string | undefined): void {
  ipcMain.handle(CALL_CHANNEL, (event, channel: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOwnMainFrame(event, developmentUrl) || typeof channel !== 'string') return Promise.resolve(refused)
    return dispatcher.call(channel, input)
  })
  dispatcher.onEvent((name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload)
    }
  })
}

const refused: Reply<never> = {
  ok: false,
  error: { code: 'contract/bad-sender', message: 'This call did not come from the window of CardioNets.' },
}

function isOwnMainFrame({ sender, senderFrame }: IpcMainInvokeEvent, developmentUrl: string | undefined): boolean {
  // The frame is null once it has navigated away or is gone.
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url, developmentUrl)
}
