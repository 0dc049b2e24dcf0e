import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_FILE_BYTES, type RecordingEntry } from '@/contract.ts'
import { makeEntry } from '../support/entries.ts'
import { closeWindow, openStores, refusal, screened } from '../support/stores.ts'

beforeEach(closeWindow)

const drop = (...names: string[]) => names.map((name) => ({ folder: '', file: new File(['x'], name) }))

describe('importing', () => {
  it('gives every file a verdict, lists what was read, and screens it', async () => {
    const good = makeEntry({ file: 'good.hea' })
    const stores = await openStores({
      'ecg:import-files': () => [
        { ok: true, file: 'good.hea', recording: good, ecg: good.ecg, known: false },
        { ok: false, file: 'bad.bin', error: { code: 'format/unknown', message: 'Unknown.' } },
      ],
      'screening:run': () => screened(good),
    })
    await stores.imports.importFiles(drop('good.hea', 'bad.bin'))
    await vi.waitFor(() => expect(stores.recordings.entries[0]?.screening).not.toBeNull())
    expect(stores.imports.lines.map((line) => [line.file, line.ok])).toEqual([
      ['good.hea', true],
      ['bad.bin', false],
    ])
    expect(stores.imports.refusedCount).toBe(1)
    expect(stores.application.lastProvider).toBe('cpu')
  })

  it('hands bytes over as they are', async () => {
    const stores = await openStores({ 'ecg:import-files': () => [] })
    await stores.imports.importFiles(drop('a.hea'))
    const { files } = stores.api.calls[0]!.input as { files: { name: string; bytes: Uint8Array }[] }
    expect(files[0]!.bytes).toEqual(new TextEncoder().encode('x'))
  })

  it('refuses a file that is too large without reading it', async () => {
    const stores = await openStores({ 'ecg:import-files': () => [] })
    const huge = { name: 'huge.dcm', size: MAX_FILE_BYTES + 1, arrayBuffer: () => expect.unreachable() }
    await stores.imports.importFiles([{ folder: '', file: huge as unknown as File }])
    expect(stores.api.calls).toEqual([])
    expect(stores.imports.lines[0]).toMatchObject({ ok: false, error: { code: 'import/file-too-large' } })
  })

  it('says which file could not be read and hands over the others', async () => {
    const stores = await openStores({ 'ecg:import-files': () => [] })
    const lost = { name: 'lost.dcm', size: 5, arrayBuffer: () => Promise.reject(new Error('gone')) }
    await stores.imports.importFiles([{ folder: '', file: lost as unknown as File }, ...drop('a.hea')])
    expect(stores.imports.lines).toMatchObject([{ file: 'lost.dcm', error: { code: 'import/file-unreadable' } }])
    expect(stores.api.calls).toHaveLength(1)
  })

  it('keeps the files of a failed hand-over for another try', async () => {
    let healthy = false
    const stores = await openStores({
      'ecg:import-files': () => {
        if (!healthy) throw refusal('host/busy')
        return [{ ok: false, file: 'a.hea', error: { code: 'format/unknown', message: '' } }]
      },
    })
    await stores.imports.importFiles(drop('a.hea'))
    expect(stores.imports.failure?.error.code).toBe('host/busy')
    expect(stores.imports.lines).toEqual([])
    healthy = true
    await stores.imports.retry()
    expect(stores.imports.failure).toBeNull()
    expect(stores.imports.lines).toHaveLength(1)
  })
})

describe('the list of recordings', () => {
  it('puts what was touched last on top and replaces what it knows', async () => {
    const { recordings } = await openStores({})
    const [a, b, c] = ['a', 'b', 'c'].map((file) => makeEntry({ file })) as [
      RecordingEntry,
      RecordingEntry,
      RecordingEntry,
    ]
    recordings.put([a, b])
    recordings.put([c, { ...a, sha256: 'new' }])
    expect(recordings.entries.map((entry) => entry.file)).toEqual(['c', 'a', 'b'])
    expect(recordings.byId.get('a')?.sha256).toBe('new')
  })

  it('lists a file once that was dropped twice in one drop', async () => {
    const { recordings } = await openStores({})
    recordings.put([makeEntry({ file: 'a' }), makeEntry({ file: 'a' })])
    expect(recordings.entries).toHaveLength(1)
  })

  it('shows why it could not be loaded', async () => {
    const { recordings } = await openStores({
      'recordings:read': () => {
        throw refusal('host/busy')
      },
    })
    await recordings.load(makeEntry({ file: 'a' }).id)
    expect(recordings.error?.code).toBe('host/busy')
    expect(recordings.loading).toBeNull()
  })
})
