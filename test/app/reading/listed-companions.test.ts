import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forkChild, type SpawnChild } from '../../../src-main/app/child-process.ts'
import type { ToReader } from '../../../src-main/app/reading/messages.ts'
import { companionsBeside, openFile, type CompanionSource } from '../../../src-main/app/reading/open-file.ts'
import { createWatchedReader, READER_LIMITS, type WatchedReader } from '../../../src-main/app/reading/watched-reader.ts'
import { FIXTURES } from '../../ecg/files.ts'

// Children are slow to start where many tests share a machine.
vi.setConfig({ testTimeout: 120_000 })

const readers: WatchedReader[] = []
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close()
})

/** A reader over a real child, and the kinds of the messages that the child was sent since they were last taken. */
function overheard(limits: Partial<typeof READER_LIMITS> = {}): { reader: WatchedReader; taken: () => string[] } {
  const posted: string[] = []
  const spawn: SpawnChild = (entry) => {
    const child = forkChild(entry)
    const post = (message: unknown): void => {
      posted.push((message as ToReader).kind)
      child.post(message)
    }
    return { ...child, post }
  }
  const reader = createWatchedReader({ spawn, limits: { ...READER_LIMITS, ...limits } })
  readers.push(reader)
  return { reader, taken: () => posted.splice(0) }
}

const wants = { channels: true }
const header = (name: string, signal: string) => ({
  name,
  bytes: Buffer.from(`r 1 500 1\n${signal} 16 1000 16 0 5 5 0 I\n`),
})
const sample: CompanionSource = async () => Uint8Array.of(5, 0)

describe('the companions of a file that was listed', () => {
  it('go along with it, once, and give what they give when they are asked for', async () => {
    const { reader, taken } = overheard()
    const path = join(FIXTURES, 'HR06000.hea')
    const main = await openFile(path)
    const unlisted = await reader.read(main, companionsBeside(path), wants)
    expect(taken()).toEqual(['start', 'run', 'companions'])
    await reader.companionNames(main)
    expect(await reader.read(main, companionsBeside(path), wants)).toEqual(unlisted)
    expect(taken()).toEqual(['run', 'run'])
    await reader.read(main, companionsBeside(path), wants)
    expect(taken()).toEqual(['run', 'companions'])
  })

  it('are asked for where the file has changed since', async () => {
    const { reader, taken } = overheard()
    await reader.companionNames(header('r.hea', 'r.dat'))
    taken()
    const asked: string[] = []
    const companions: CompanionSource = (name) => (asked.push(name), sample(name))
    expect(await reader.read(header('r.hea', 'r.xws'), companions, wants)).toMatchObject({ ok: true })
    expect(asked).toEqual(['r.xws'])
    expect(taken()).toEqual(['run', 'companions'])
  })

  it('are remembered of so many files and no more', async () => {
    const { reader, taken } = overheard({ listedCount: 1 })
    for (const name of ['a.hea', 'b.hea']) await reader.companionNames(header(name, 'r.dat'))
    taken()
    await reader.read(header('b.hea', 'r.dat'), sample, wants)
    expect(taken()).toEqual(['run', 'companions'])
    await reader.read(header('a.hea', 'r.dat'), sample, wants)
    expect(taken()).toEqual(['run'])
  })
})
