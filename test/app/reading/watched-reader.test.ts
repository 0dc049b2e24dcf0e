import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { forkChild, type SpawnChild } from '../../../src-main/app/child-process.ts'
import {
  companionsBeside,
  openFile,
  type CompanionSource,
  type NamedBytes,
} from '../../../src-main/app/reading/open-file.ts'
import { createWatchedReader, READER_LIMITS, type WatchedReader } from '../../../src-main/app/reading/watched-reader.ts'
import { readFiles } from '../../../src-main/cli/read-files.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { FIXTURES } from '../../ecg/files.ts'
import { plantedSpawn } from './children.ts'

// Children are slow to start where many tests share a machine.
vi.setConfig({ testTimeout: 120_000 })

const file = (text: string, name = 'a.txt'): NamedBytes => ({ name, bytes: Buffer.from(text) })
const table = (value: number): NamedBytes => file(`# rate=500 unit=mV\nI,II\n${value},2\n`)
const none: CompanionSource = async () => undefined
const wants = { channels: true }

const readers: WatchedReader[] = []
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close()
})

function readerOf(
  spawn: SpawnChild,
  limits: Partial<typeof READER_LIMITS> = {},
  watchOwnMemory?: boolean,
): WatchedReader {
  const options = { spawn, limits: { ...READER_LIMITS, ...limits } }
  const reader = createWatchedReader(watchOwnMemory === undefined ? options : { ...options, watchOwnMemory })
  readers.push(reader)
  return reader
}

/** The refusal's code, or the first sample of lead I. */
async function answer(
  reader: WatchedReader,
  main: NamedBytes,
  companions = none,
): Promise<string | number | undefined> {
  const reply = await reader.read(main, companions, wants)
  return reply.ok ? reply.value.channels?.[0]?.samplesMv[0] : reply.error.code
}

describe('the real reading child', () => {
  it.each([
    ['while its parent watches its memory', false],
    ['while it watches its own memory', true],
  ])('reads a record with the companions beside it, %s', async (_, watchOwnMemory) => {
    const path = join(FIXTURES, 'HR06000.hea')
    const reply = await readerOf(forkChild, {}, watchOwnMemory).read(
      await openFile(path),
      companionsBeside(path),
      wants,
    )
    expect(reply.ok && reply.value.channels?.map(({ name, samplesMv }) => [name, samplesMv.length])[11]).toEqual([
      'V6',
      5000,
    ])
    expect(reply.ok && reply.value.channels?.[11]?.samplesMv).toBeInstanceOf(Float32Array)
    expect(reply.ok && reply.value.channels?.[11]?.samplesMv[0]).toBe(0.625)
  })

  it('names the files that belong to a header', async () => {
    const main = { name: 'HR06000.hea', bytes: readFileSync(join(FIXTURES, 'HR06000.hea')) }
    expect(await readerOf(forkChild).companionNames(main)).toEqual({ ok: true, value: ['HR06000.mat'] })
  })

  it('asks for all missing companions at once, and refuses with their names', async () => {
    const asked: string[] = []
    const main = { name: 'binformats.hea', bytes: readFileSync(join(FIXTURES, 'binformats.hea')) }
    const companions: CompanionSource = async (name) => void asked.push(name)
    expect(await answer(readerOf(forkChild), main, companions)).toBe('format/companion-missing')
    expect(asked).toEqual(Array.from({ length: 10 }, (_, index) => `binformats.d${index}`))
  })

  it('fetches the segments of a record and then their signals', async () => {
    const files: Record<string, Buffer> = {
      'r_1.hea': Buffer.from('r_1 1 500 2\nr_1.dat 16 1000 16 0 5 11 0 I\n'),
      'r_1.dat': Buffer.from(Int16Array.of(5, 6).buffer),
    }
    const reader = readerOf(forkChild)
    expect(await answer(reader, file('r/1 1 500 2\nr_1 2\n'), async (name) => files[name])).toBe(Math.fround(0.005))
  })

  it('never hands a path to whoever fetches companions', async () => {
    const asked: string[] = []
    const reader = readerOf(forkChild)
    const record = (name: string): NamedBytes => file(`r 1 500 1\n${name} 16 1000 16 0 5 5 0 I\n`)
    for (const name of ['../r.dat', '/etc/passwd_', 'C:\\r.dat', 'NUL.dat']) {
      await reader.companionNames(record(name))
      expect(await answer(reader, record(name), async (each) => void asked.push(each))).toBe('format/companion-name')
    }
    expect(asked).toEqual([])
  })

  it('refuses a file whose companions are too large together', async () => {
    const reader = readerOf(forkChild, { companionBytes: 100 })
    const main = file('r 1 500 1\nr.dat 16 1000 16 0 5 5 0 I\n')
    expect(await answer(reader, main, async () => new Uint8Array(101))).toBe('format/too-large')
    await reader.companionNames(main)
    expect(await answer(reader, main, async () => new Uint8Array(101))).toBe('format/too-large')
    expect(await answer(reader, table(7))).toBe(7)
  })

  it('gives a companion’s own refusal as that of the file', async () => {
    const companions: CompanionSource = async () => {
      throw new AppError('file/not-regular', 'r.dat is a pipe')
    }
    expect(await answer(readerOf(forkChild), file('r 1 500 1\nr.dat 16 1000 16 0 5 5 0 I\n'), companions)).toBe(
      'file/not-regular',
    )
  })
})

describe('the watchdog', () => {
  it.each([
    ['loops', 'loop', 'format/too-demanding'],
    ['never answers', 'be silent', 'format/too-demanding'],
    ['ends', 'exit', 'format/parser-crashed'],
    ['throws', 'throw', 'format/parser-crashed'],
    ['reports a crash of its reader', 'report a crash', 'format/parser-crashed'],
    ['answers nonsense', 'talk nonsense', 'format/parser-crashed'],
  ])('refuses the file on which a child %s, and reads the next one in another child', async (_, deed, code) => {
    const { spawn, started } = plantedSpawn()
    const reader = readerOf(spawn, { wallClockMs: 3000 })
    const replies = await Promise.all([answer(reader, table(1)), answer(reader, file(deed)), answer(reader, table(3))])
    expect(replies).toEqual([1, code, 3])
    expect(started.length).toBe(2)
  })

  it.runIf(process.platform === 'linux')('ends a child that takes all memory, naming the limit', async () => {
    const { spawn, started } = plantedSpawn()
    const reader = readerOf(spawn, { bytesAboveStart: 64 * 2 ** 20 })
    const reply = await reader.read(file('allocate'), none, wants)
    expect(reply).toMatchObject({ ok: false, error: { code: 'format/too-demanding' } })
    expect(!reply.ok && reply.error.message).toContain('64 MiB')
    expect(await answer(reader, table(3))).toBe(3)
    expect(started.length).toBe(2)
  })

  it.each([
    ['its parent', false],
    ['itself', true],
  ])('over the real child is kept by %s', async (_, watchOwnMemory) => {
    // 32 MiB of samples become 64 MiB of numbers.
    const reader = readerOf(forkChild, { bytesAboveStart: 16 * 2 ** 20 }, watchOwnMemory)
    const main = file('r 1 500\nr.dat 16 1000 16 0 0 0 0 I\n')
    expect(await answer(reader, main, async () => new Uint8Array(32 * 2 ** 20))).toBe('format/too-demanding')
  })

  it('counts only its own time, not that of fetching companions', async () => {
    const reader = readerOf(forkChild, { wallClockMs: 2000 })
    const slow: CompanionSource = () => new Promise((resolve) => setTimeout(() => resolve(Buffer.from([5, 0])), 2500))
    expect(await answer(reader, file('r 1 500 1\nr.dat 16 1000 16 0 5 5 0 I\n'), slow)).toBe(Math.fround(0.005))
  })

  it('is not confused by a child that ended while it had nothing to do', async () => {
    const { spawn, started } = plantedSpawn()
    const reader = readerOf(spawn)
    expect(await answer(reader, table(1))).toBe(1)
    await new Promise<void>((resolve) => {
      started[0]!.onExit(() => resolve())
      started[0]!.kill()
    })
    expect(await answer(reader, table(2))).toBe(2)
  })

  it('takes a new child after so many files, and after so many bytes', async () => {
    const byFiles = plantedSpawn()
    const reader = readerOf(byFiles.spawn, { filesPerChild: 2 })
    for (let value = 1; value <= 4; value++) expect(await answer(reader, table(value))).toBe(value)
    expect(byFiles.started.length).toBe(2)
    const byBytes = plantedSpawn()
    const other = readerOf(byBytes.spawn, { bytesPerChild: 10 })
    for (let value = 1; value <= 2; value++) expect(await answer(other, table(value))).toBe(value)
    expect(byBytes.started.length).toBe(2)
  })

  it('answers files that come after the end of the batch with a refusal', async () => {
    const { spawn } = plantedSpawn()
    const reader = readerOf(spawn)
    const pending = answer(reader, file('be silent'))
    reader.close()
    expect(await pending).toBe('app/reader-closed')
    expect(await answer(reader, table(1))).toBe('app/reader-closed')
  })

  it.each<[string, string, () => SpawnChild]>([
    ['could not be started', 'could not be started', () => childThat((end) => end(null))],
    ['ends with a code, as where a package is missing', 'exit code 1', () => childThat((end) => setImmediate(end, 1))],
    ['never gets ready', 'not ready after 0.05 s', () => childThat(() => undefined)],
  ])('gives up after three children of which each %s, and says what it found', async (_, found, makeSpawn) => {
    const spawn = vi.fn(makeSpawn())
    const reader = readerOf(spawn, { startMs: 50 })
    const replies = await Promise.all([1, 2, 3].map((value) => reader.read(table(value), none, wants)))
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'app/reader-unavailable' } })
    expect(replies[0]!.ok || replies[0]!.error.message).toContain(found)
    expect(spawn).toHaveBeenCalledTimes(3)
  })

  it('forgives a child that does not get ready where the next one does', async () => {
    const { spawn } = plantedSpawn()
    const failing = childThat((end) => end(1))
    const readable = vi.fn<SpawnChild>(spawn).mockImplementationOnce(failing).mockImplementationOnce(failing)
    expect(await answer(readerOf(readable), table(5))).toBe(5)
  })

  it('ends a command with one error instead of refusing every file of a folder', async () => {
    const spawn = vi.fn(childThat((end) => end(1)))
    const files = readFiles(spawn, [FIXTURES, FIXTURES], {})
    const readAll = async (): Promise<void> => {
      for await (const { reply } of files) expect(reply).toBeUndefined()
    }
    await expect(readAll()).rejects.toMatchObject({ code: 'app/reader-unavailable' })
    expect(spawn).toHaveBeenCalledTimes(3)
  })
})

/** A child that does nothing but, perhaps, end. */
const childThat =
  (begin: (end: (code: number | null) => void) => void): SpawnChild =>
  () => ({
    pid: undefined,
    post: () => undefined,
    onMessage: () => undefined,
    onExit: (listener) => begin(listener),
    kill: () => undefined,
  })
