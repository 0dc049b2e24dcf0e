import { parseArgs } from 'node:util'

export interface LaunchOptions {
  /** Show the window in a browser although the desktop runtime may be there. */
  inBrowser: boolean
  /** Open a browser, rather than print the start link. */
  open: boolean
  /** What the desktop and `cardionets serve` both understand, as they were given. */
  shared: string[]
  port: string | undefined
}

export const launchHelp = `npm start -- [options]

Opens CardioNets Desktop; where the desktop runtime is absent, the same window in Chromium, Chrome or Edge.

  --browser        use the browser although the desktop runtime is there
  --no-open        serve the window and print its start link, open nothing
  --port N         the port to serve it on (default: any free one)
  --workspace DIR  the workspace folder
  --pack DIR       a model pack other than the one that ships
  --trust FILE     a public key (.pub) to trust, after you compared its fingerprint
  -h, --help       this text`

/** @returns undefined when help was asked for @throws TypeError that names what was not understood */
export function readLaunchOptions(args: readonly string[]): LaunchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      port: { type: 'string' },
      workspace: { type: 'string' },
      pack: { type: 'string' },
      trust: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return undefined
  const shared = (['workspace', 'pack', 'trust'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, values[name]],
  )
  const open = values['no-open'] !== true
  // A port, or a window that is not opened, makes sense for the browser only.
  return { inBrowser: values.browser === true || !open || values.port !== undefined, open, shared, port: values.port }
}
