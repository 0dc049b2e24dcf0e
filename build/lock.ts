/**
 * `npm run lock`: writes package-lock.json anew from package.json, and notes in it which packages must not be compiled.
 *
 * A package that holds a binding.gyp is compiled at installation unless its package.json says `"gypfile": false`. npm
 * leaves that out of the lock file, and npm 10 then compiles it at every `npm ci`, for which it needs a compiler and
 * downloads the headers of Node. Read from the lock file it is heeded by every npm.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRepository } from './repository.ts'
import { runCommand } from './test-run/run-command.ts'

const npm = process.env['npm_execpath']
const args = ['install', '--package-lock-only']
const exitCode = npm === undefined ? await runCommand('npm', args) : await runCommand(process.execPath, [npm, ...args])
if (exitCode === 0) noteUncompiled()
process.exitCode = exitCode

function noteUncompiled(): void {
  const path = inRepository('package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, { gypfile?: boolean }> }
  for (const [directory, entry] of Object.entries(lock.packages)) {
    if (directory !== '' && existsSync(inRepository(directory, 'binding.gyp'))) entry.gypfile = false
  }
  writeFileSync(path, JSON.stringify(lock, null, 2) + '\n')
}
