import { app, protocol } from 'electron'
import { APP_SCHEME } from './app-origin.ts'

/** Everything that Electron accepts only before it is ready. */
export function setupBeforeReady(): void {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    },
  ])
  silenceChromium()
}

/**
 * Chromium calls home for components, safe browsing lists, translation, certificates and predictions. None of it is
 * wanted, and without name resolution none of it could reach anything.
 */
function silenceChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-client-side-phishing-detection',
    'disable-default-apps',
    'disable-sync',
    'disable-breakpad',
    'no-pings',
  ]) {
    app.commandLine.appendSwitch(name)
  }
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1')
  app.commandLine.appendSwitch(
    'disable-features',
    'MediaRouter,OptimizationHints,Translate,AutofillServerCommunication',
  )
}
