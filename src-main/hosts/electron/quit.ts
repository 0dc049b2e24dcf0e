import { app } from 'electron'

/** Ends with the last window, on every system, after `close` has finished. */
export function setupQuit(close: () => Promise<void>): void {
  let closing = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    void close().finally(() => app.exit(0))
  })
}
