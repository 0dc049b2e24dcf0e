import { parseArgs } from 'node:util'

export interface DesktopOptions {
  workspace: string | undefined
  pack: string | undefined
  trust: string | undefined
}

/**
 * Reads our options out of the desktop's command line, among which are Chromium's own and the path of the application.
 * An option without its value counts as absent.
 */
export function readDesktopOptions(args: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { workspace: { type: 'string' }, pack: { type: 'string' }, trust: { type: 'string' } },
    strict: false,
  })
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
  return { workspace: text(values.workspace), pack: text(values.pack), trust: text(values.trust) }
}
