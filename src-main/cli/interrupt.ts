/** Ctrl-C asks to stop: the line under way is finished or never begun, and the second Ctrl-C ends at once. */
export interface Interrupt {
  readonly requested: boolean
  readonly signal: AbortSignal
}

export function interruptible(): Interrupt {
  const controller = new AbortController()
  const request = (): void => {
    if (controller.signal.aborted) process.exit(130)
    console.error('Stopping …')
    controller.abort()
  }
  process.on('SIGINT', request)
  process.on('SIGTERM', request)
  return {
    get requested() {
      return controller.signal.aborted
    },
    signal: controller.signal,
  }
}
