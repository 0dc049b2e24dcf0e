import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { RECORDING, REPOSITORY, type Bench } from './open-bench.ts'
import { best, ms, type BenchRow } from './report.ts'

const LIMIT_MS = 2500
const LIMIT_MIB = 700

/** The built command line as a process of its own: time to the first result, and the memory of all its processes. */
export async function benchColdStart({ prepared }: Bench): Promise<BenchRow[]> {
  void prepared
  const starts: number[] = []
  for (let round = 0; round < 5; round += 1) starts.push((await runCommandLine(['screen', RECORDING])).firstLineMs)
  const out = mkdtempSync(join(tmpdir(), 'cardionets-bench-'))
  const { peakMiB } = await runCommandLine(['screen', RECORDING, '--cine', '--out', out])
  rmSync(out, { recursive: true })
  const first = best(starts)
  return [
    {
      name: 'command line, cold start to first result',
      measured: ms(first),
      beside: '',
      limit: `≤ ${LIMIT_MS} ms`,
      ok: first <= LIMIT_MS,
    },
    {
      name: 'resident memory of all processes, with cine',
      measured: peakMiB === undefined ? 'not measured' : `${peakMiB.toFixed(0)} MiB`,
      beside: peakMiB === undefined ? 'needs /proc' : 'largest sum seen',
      limit: `≤ ${LIMIT_MIB} MB`,
      ok: peakMiB === undefined || peakMiB * 1.048576 <= LIMIT_MIB,
    },
  ]
}

async function runCommandLine(args: string[]): Promise<{ firstLineMs: number; peakMiB: number | undefined }> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(REPOSITORY, 'out', 'main', 'cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let firstLineMs = Number.NaN
  let peak: number | undefined
  child.stdout.once('data', () => (firstLineMs = performance.now() - started))
  const poll = setInterval(() => {
    const sum = residentMiBOfTree(child.pid!)
    if (sum !== undefined) peak = Math.max(peak ?? 0, sum)
  }, 20)
  const [code] = (await once(child, 'exit')) as [number]
  clearInterval(poll)
  if (code !== 0) throw new Error(`cardionets ${args.join(' ')} ended with ${code}; run "npm run build" first`)
  return { firstLineMs, peakMiB: peak }
}

/** Resident memory of a process and all below it, from /proc; undefined elsewhere. */
function residentMiBOfTree(root: number): number | undefined {
  const parents = new Map<number, number>()
  const resident = new Map<number, number>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8')
        parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]))
        resident.set(Number(name), Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0))
      } catch {
        // It ended between the listing and the reading.
      }
    }
  } catch {
    return undefined
  }
  const belongs = (pid: number): boolean => pid === root || (parents.has(pid) && belongs(parents.get(pid)!))
  let sum = 0
  for (const [pid, kib] of resident) if (belongs(pid)) sum += kib
  return sum / 1024
}
