import type { DesktopApi } from './contract.ts'

declare global {
  interface Window {
    /** Set by the desktop's preload script; absent in the browser, where the window connects over the loopback. */
    readonly api?: DesktopApi
  }
}
