/** `npm run -s cardionets -- COMMAND …`: the command line, built first where the sources have changed. */
import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensure-built.ts'
import { inRepository } from './repository.ts'
import { enterUserDirectory } from './user-directory.ts'

await ensureBuilt()
enableCompileCache(inRepository('build', 'cache', 'compiled'))

enterUserDirectory('cardionets')
const commandLine = inRepository('out', 'main', 'cli.js')
process.argv[1] = commandLine
await import(pathToFileURL(commandLine).href)
