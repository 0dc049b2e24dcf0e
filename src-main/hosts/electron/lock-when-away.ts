import { powerMonitor } from 'electron'

/**
 * Locks when the person has left the computer to itself: it sleeps, its screen is locked, or another account takes
 * over. Linux tells of sleep only; there the idle lock has to do.
 *
 * @see https://www.electronjs.org/docs/latest/api/power-monitor
 */
export function lockWhenAway(lock: () => void): void {
  powerMonitor.on('suspend', lock)
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('user-did-resign-active', lock)
}
