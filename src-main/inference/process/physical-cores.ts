import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'

/**
 * Cores that compute: a second thread on a core only fights over its vector units. Never more than this process may
 * use (affinity, containers).
 */
export function physicalCores(): number {
  return Math.max(1, Math.min(countCores(), availableParallelism()))
}

function countCores(): number {
  if (process.platform === 'linux') {
    const cores = coresOf(readText('/proc/cpuinfo'))
    if (cores > 0) return cores
  }
  // Apple silicon has one thread a core; elsewhere two are the rule on x64.
  return process.arch === 'x64' ? Math.ceil(cpus().length / 2) : cpus().length
}

/** Distinct (package, core) pairs of a Linux /proc/cpuinfo; 0 where it names none. */
export function coresOf(cpuinfo: string): number {
  const cores = new Set<string>()
  let chip = ''
  for (const line of cpuinfo.split('\n')) {
    const [name, value] = line.split(':').map((part) => part.trim())
    if (name === 'physical id') chip = value ?? ''
    if (name === 'core id') cores.add(`${chip}/${value}`)
  }
  return cores.size
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
