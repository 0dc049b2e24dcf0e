/** Electron's preload script: one frozen `api` on the window, and nothing of Electron itself. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DesktopApi, EventName, EventPayload } from './contract/index.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './ipc-channels.ts'

const api: DesktopApi = {
  call: (channel, input) => ipcRenderer.invoke(CALL_CHANNEL, channel, input),
  on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => {
    // The page never sees Electron's own event object, which holds the sender.
    const relay = (_: unknown, name: unknown, payload: EventPayload<E>): void => {
      if (name === event) listener(payload)
    }
    ipcRenderer.on(EVENT_CHANNEL, relay)
    return () => void ipcRenderer.off(EVENT_CHANNEL, relay)
  },
  pathOf: (file) => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld('api', api)
