/** `npm run -s cardionets -- COMMAND …`: the command line, built first where the sources have changed. */
import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.ts'
import { inRepository } from './repository.ts'

await ensureBuilt()
enableCompileCache(inRepository('build', 'cache', 'compiled'))

// npm changes to the repository; the user's file names are relative to where npm was started.
const { INIT_CWD, npm_lifecycle_event } = process.env
if (npm_lifecycle_event === 'cardionets' && INIT_CWD !== undefined) process.chdir(INIT_CWD)

const commandLine = inRepository('out', 'main', 'cli.js')
process.argv[1] = commandLine
await import(pathToFileURL(commandLine).href)
