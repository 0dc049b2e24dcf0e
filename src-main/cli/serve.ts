import { createDispatcher } from '../app/dispatch.ts'
import { openWorkspace } from '../app/workspace.ts'
import { startBrowserHost } from '../hosts/browser/browser-host.ts'
import { builtRendererDir } from '../hosts/renderer-files.ts'
import { ExitCode, parseArguments, UsageError, wholeNumber } from './arguments.ts'
import { commandServices, serviceOptions } from './command-services.ts'

/** `cardionets serve`: the browser host. Prints the start link and runs until it is interrupted. */
export async function serve(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...serviceOptions,
    port: { type: 'string' },
    workspace: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`"serve" takes no file; got "${positionals[0]}".`)
  const port = values.port === undefined ? 0 : wholeNumber('port', values.port, 1024, 65_535)
  const services = await commandServices(values, 'browser', openWorkspace(values.workspace))
  try {
    const dispatcher = createDispatcher(services)
    const host = await startBrowserHost({ dispatcher, rendererDir: builtRendererDir(), port })
    const stopped = interrupted()
    // The link is a secret that opens the window, so it goes to whoever started the command and nowhere else.
    console.log(host.startLink)
    // The launcher says in its own words what to do with it.
    if (!process.send) console.error('Open this link in a browser on this computer (it works once; Ctrl-C ends).')
    await stopped
    await host.close()
    return ExitCode.done
  } finally {
    await services.close()
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    // Started by the launcher, it ends with it.
    process.once('disconnect', () => resolve())
  })
}
