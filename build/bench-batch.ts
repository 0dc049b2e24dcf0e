/**
 * `npm run bench:batch -- N`: a batch of N recordings (default 300) through the application as a window has it, and how
 * long the main process was ever deaf: its event loop is watched every 2 ms.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { forkChild } from '../src-main/app/child-process.ts'
import { choosePack } from '../src-main/app/choose-pack.ts'
import { createServices } from '../src-main/app/services.ts'
import { openWorkspace } from '../src-main/app/workspace.ts'
import { makeFiles } from '../test/app/batch/made-files.ts'

const RESOLUTION_MS = 2
const count = Number(process.argv[2] ?? 300)
const folder = mkdtempSync(join(tmpdir(), 'cardionets-bench-batch-'))
try {
  const patients = Math.ceil(count / 4)
  const files = Array.from({ length: count }, (_, index) => {
    const patient = { id: `P${index % patients}`, name: `Example^Number${index % patients}` }
    return { name: `r${String(index).padStart(6, '0')}`, index, patient }
  })
  makeFiles(join(folder, 'ecg'), files)
  const services = createServices({
    version: 'bench',
    entry: 'browser',
    workspace: openWorkspace(join(folder, 'workspace')),
    provider: 'cpu',
    ...(await choosePack({})),
    spawn: forkChild,
    log: (line) => console.error(line),
  })
  const person = { loginName: 'bench', displayName: 'Bench', password: 'correct horse battery' }
  await services.access.create(person, { roles: ['operator'] })
  await services.engine()
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const startedMs = performance.now()
  const { batchId } = await services.batches.start({
    kind: 'folder',
    source: join(folder, 'ecg'),
    assignment: 'create',
  })
  await services.batches.idle(batchId!)
  delay.disable()
  const seconds = (performance.now() - startedMs) / 1000
  const late = (nanoseconds: number): number => Number(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1))
  const { counts } = services.batches.summary(batchId!)
  console.log(
    JSON.stringify({
      files: count,
      counts,
      seconds: Number(seconds.toFixed(1)),
      perSecond: Number((count / seconds).toFixed(1)),
      mainDelayMs: { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), most: late(delay.max) },
    }),
  )
  await services.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
