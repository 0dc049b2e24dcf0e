import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Registry } from '../../../src-main/registry/registry.ts'
import { temporaryFolder } from '../support.ts'
import { startWriter } from './child.ts'
import { diskAfterPowerLoss, LOSS_RULES } from './disk-after-power-loss.ts'
import { readDiskLog, type DiskEvent } from './disk-log.ts'
import { preloadShim, shimMissing } from './shim.ts'
import { problemsOf } from './workload.ts'

const REPLAYS = Number(process.env['CARDIONETS_POWER_LOSSES'] ?? 100)
const STEPS = 40

/** What a writer of `STEPS` steps did to the disk. */
async function record(mode?: 'normal') {
  const folder = temporaryFolder()
  const directory = join(folder, 'registry')
  const log = join(folder, 'disk.log')
  const key = randomBytes(32)
  const env = preloadShim(folder, directory, log)
  const writer = startWriter(directory, key, 0, STEPS, { env, ...(mode && { mode }) })
  expect(await writer.ended).toBe('')
  expect(writer.acknowledged).toHaveLength(STEPS)
  return { directory, key, events: readDiskLog(log) }
}

/** Cuts the power at random moments of the record. @returns what was wrong, one line a cut */
function replay({ directory, key, events }: Awaited<ReturnType<typeof record>>, cuts: number): string[] {
  const found: string[] = []
  const first = events.findIndex(({ kind }) => kind === 'A')
  for (let cut = 0; cut < cuts; cut += 1) {
    const before = events.slice(0, first + 1 + Math.floor(Math.random() * (events.length - first)))
    const rule = LOSS_RULES[cut % LOSS_RULES.length]!
    const copy = join(temporaryFolder(), 'registry')
    mkdirSync(copy, { recursive: true })
    for (const [path, content] of diskAfterPowerLoss(before, rule, Math.random)) {
      const target = join(copy, relative(directory, path))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, content)
    }
    found.push(...wrongWith(copy, key, before).map((problem) => `${rule} after ${before.length}: ${problem}`))
    rmSync(copy, { recursive: true })
  }
  return found
}

function wrongWith(directory: string, key: Buffer, before: readonly DiskEvent[]): string[] {
  const acknowledged = before
    .filter(({ kind }) => kind === 'A')
    .map(({ data }) => data.toString().trim())
    .filter((line) => line !== 'ready')
  try {
    const registry = Registry.open({ directory, dataKey: key })
    try {
      return problemsOf(registry, acknowledged)
    } finally {
      registry.close()
    }
  } catch (error) {
    return [`does not open: ${String(error)}`]
  }
}

describe.skipIf(shimMissing)(`a power loss${shimMissing ? ` (${shimMissing})` : ''}`, { timeout: 3_600_000 }, () => {
  it(`loses no acknowledged row at ${REPLAYS} random moments`, async () => {
    expect(replay(await record(), REPLAYS)).toEqual([])
  })

  it('is seen to lose rows where the database does not wait for the disk', async () => {
    const found = replay(await record('normal'), 60)
    expect(found.some((problem) => problem.includes('lost: '))).toBe(true)
  })
})
