import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Why the tests that preload a library cannot run here; undefined where they can. */
export const shimMissing = process.platform !== 'linux' ? 'needs Linux' : hasCompiler() ? undefined : 'needs gcc'

function hasCompiler(): boolean {
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Compiles the library into `folder`. @returns the environment that preloads it */
export function preloadShim(folder: string, watched: string, log?: string): Record<string, string> {
  const library = join(folder, 'disk-shim.so')
  const source = join(import.meta.dirname, 'disk-shim.c')
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl', '-lpthread'])
  return { LD_PRELOAD: library, SHIM_FOLDER: watched, ...(log !== undefined && { SHIM_LOG: log }) }
}
