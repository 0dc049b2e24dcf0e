import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRepository } from '../repository.ts'

/** Marks the fuses in an executable (@electron/fuses): the text, version 1, the number of fuses, one digit for each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_COUNT = 9

const files = {
  linux: ['chrome-sandbox', 'chrome_crashpad_handler'],
  win32: ['ffmpeg.dll'],
}
const common = ['LICENSE', 'LICENSES.chromium.html', 'icudtl.dat', 'resources.pak', 'locales/en-US.pak']

/**
 * Lays out a folder that looks like Electron's download, with fuses that can be burned and no program in it: enough to
 * check everything that packaging decides where the real runtime cannot be fetched.
 */
export function layStandInRuntime(directory: string, platform: 'linux' | 'win32'): void {
  const executable = platform === 'win32' ? 'electron.exe' : 'electron'
  for (const name of [...files[platform], ...common]) write(join(directory, name), 'stand-in\n')
  mkdirSync(join(directory, 'resources'), { recursive: true })
  write(join(directory, 'version'), electronVersion())
  write(
    join(directory, executable),
    `stand-in ${FUSE_SENTINEL}\x01${String.fromCharCode(FUSE_COUNT)}${'1'.repeat(FUSE_COUNT)}\n`,
  )
}

function electronVersion(): string {
  const text = readFileSync(inRepository('node_modules', 'electron', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o755 })
}
