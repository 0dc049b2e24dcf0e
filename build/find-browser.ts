import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface Browser {
  readonly name: string
  readonly path: string
}

/**
 * The installed browser that can show the window: one of Chromium's family.
 *
 * `CARDIONETS_BROWSER` names another executable; a name there that cannot be run finds nothing, rather than silently
 * something else.
 */
export function findBrowser(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): Browser | undefined {
  const chosen = environment['CARDIONETS_BROWSER']
  if (chosen) return isExecutable(chosen) ? { name: 'browser', path: chosen } : undefined
  return candidates(platform, environment).find(({ path }) => isExecutable(path))
}

/** Most likely to work first; a snap's browser comes last, since it is confined to folders of its own. */
export function candidates(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Browser[] {
  if (platform === 'win32') return windowsCandidates(environment)
  if (platform === 'darwin') return macCandidates()
  const names: [string, string][] = [
    ['google-chrome-stable', 'Chrome'],
    ['google-chrome', 'Chrome'],
    ['chromium', 'Chromium'],
    ['microsoft-edge-stable', 'Edge'],
    ['microsoft-edge', 'Edge'],
    ['chromium-browser', 'Chromium'],
  ]
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(
    Boolean,
  )
  return names.flatMap(([file, name]) => folders.map((folder) => ({ name, path: join(folder, file) })))
}

function macCandidates(): Browser[] {
  const names: [string, string][] = [
    ['Google Chrome', 'Chrome'],
    ['Chromium', 'Chromium'],
    ['Microsoft Edge', 'Edge'],
  ]
  return names.flatMap(([application, name]) =>
    ['/Applications', join(homedir(), 'Applications')].map((folder) => ({
      name,
      path: join(folder, `${application}.app`, 'Contents', 'MacOS', application),
    })),
  )
}

function windowsCandidates(environment: NodeJS.ProcessEnv): Browser[] {
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
  const files: [string[], string][] = [
    [['Google', 'Chrome', 'Application', 'chrome.exe'], 'Chrome'],
    [['Chromium', 'Application', 'chrome.exe'], 'Chromium'],
    [['Microsoft', 'Edge', 'Application', 'msedge.exe'], 'Edge'],
  ]
  return files.flatMap(([parts, name]) => folders.map((folder) => ({ name, path: join(folder, ...parts) })))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
