import { randomBytes } from 'node:crypto'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { collectOrphans } from '../../../src-main/registry/blobs/collect-orphans.ts'
import { APPLICATION, Registry } from '../../../src-main/registry/registry.ts'
import { temporaryFolder } from '../support.ts'
import { startWriter } from './child.ts'
import { problemsOf } from './workload.ts'

const KILLS = Number(process.env['CARDIONETS_KILLS'] ?? 200)
/** Two registries side by side: starting Node takes longer than the work that is killed. */
const LANES = 2

/** Each registry is small, so that looking at all of it after each kill stays quick. */
const KILLS_OF_ONE = 20

it(`keeps every acknowledged row through ${KILLS} kills at random moments`, { timeout: 3_600_000 }, async () => {
  let rows = 0
  const lane = async (kills: number): Promise<void> => {
    while (kills > 0) {
      rows += await storm(Math.min(kills, KILLS_OF_ONE))
      kills -= KILLS_OF_ONE
    }
  }
  await Promise.all(Array.from({ length: LANES }, () => lane(KILLS / LANES)))
  // Had every kill come before the first commit, nothing would have been shown.
  expect(rows).toBeGreaterThan(KILLS / 4)
})

/** @returns the rows that one registry was left with */
async function storm(kills: number): Promise<number> {
  const directory = temporaryFolder()
  const key = randomBytes(32)
  let acknowledged: string[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const writer = startWriter(directory, key, acknowledged.length, 100_000)
    await writer.isReady
    await wait(Math.random() * 120)
    writer.child.kill('SIGKILL')
    expect(await writer.ended).toBe('')
    acknowledged.push(...writer.acknowledged)
    const registry = Registry.open({ directory, dataKey: key })
    expect(problemsOf(registry, acknowledged)).toEqual([])
    // What was committed and not acknowledged: the kill came between. The next writer goes on after it.
    const patients = registry.db.prepare('SELECT local_id AS id FROM patient ORDER BY number').all() as { id: string }[]
    const { count } = registry.db.prepare('SELECT count(*) AS count FROM recording').get() as { count: number }
    acknowledged = patients.slice(0, count).map(({ id }) => id)
    registry.close()
  }
  await collectAll(directory, key, acknowledged)
  return acknowledged.length
}

/** What the kills left between blob and row is collected; nothing that a row names is. */
async function collectAll(directory: string, key: Buffer, acknowledged: readonly string[]): Promise<void> {
  const registry = Registry.open({ directory, dataKey: key })
  const files = await readdir(registry.blobs.directory, { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of files) await utimes(join(parentPath, name), 0, 0)
  collectOrphans(registry, APPLICATION)
  expect(problemsOf(registry, acknowledged)).toEqual([])
  const left = (await readdir(registry.blobs.directory, { recursive: true })).filter((name) => name.length > 2)
  const { count } = registry.db.prepare('SELECT count(*) AS count FROM blob').get() as { count: number }
  expect(left).toHaveLength(count)
  registry.close()
}
