/**
 * Starts build/NAME.ts: `node build/run.mjs NAME …`.
 *
 * npm puts the Node that `npm ci` installed first on the path, so this is normally that one. Where its install script
 * was skipped an older Node may start us instead; it cannot read TypeScript, but it can read this file.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Tests and benchmarks load ONNX Runtime in this very process, whose released binaries otherwise call home.
process.env.ORT_DISABLE_TELEMETRY = '1'

const [name, ...rest] = process.argv.slice(2)
const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
const pinned = ['bin/node', 'bin/node.exe']
  .map((path) => fileURLToPath(new URL(`../node_modules/node/${path}`, import.meta.url)))
  .find((path) => existsSync(path))

if (process.features.typescript) {
  process.argv = [process.argv[0], script, ...rest]
  try {
    await import(pathToFileURL(script).href)
  } catch (error) {
    // Its reason has been printed; a stack of ours would only bury it.
    if (error?.name !== 'BuildFailed') throw error
    console.error(error.message)
    process.exitCode = 1
  }
} else if (pinned) {
  const child = spawn(pinned, [script, ...rest], { stdio: 'inherit' })
  // The terminal sends Ctrl-C to the child as well; its end decides ours.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => (process.exitCode = code ?? 1))
} else {
  console.error(
    `CardioNets needs Node 22.18 or newer and was started by ${process.version}: run "npm ci" once more, without --ignore-scripts.`,
  )
  process.exitCode = 2
}
