/**
 * Calls back once what was just changed is on the screen. The next frame draws it; only when the one after begins is it
 * shown, and what is done within a frame's callbacks would still delay that frame.
 */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(run)))
}
