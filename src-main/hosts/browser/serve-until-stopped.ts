import { startBrowserHost, type BrowserHost, type BrowserHostOptions } from './browser-host.ts'

/**
 * Serves until Ctrl-C, a termination signal, or the end of the process that started this one (its channel closes).
 *
 * @param announce  tells the start link as soon as there is one; the launcher looks for it on stdout
 * @throws AppError as `startBrowserHost`
 */
export async function serveUntilStopped(
  options: BrowserHostOptions,
  announce: (host: BrowserHost) => void,
): Promise<void> {
  const host = await startBrowserHost(options)
  announce(host)
  await stopRequest()
  await host.close()
}

function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    if (process.connected) process.once('disconnect', () => resolve())
  })
}
