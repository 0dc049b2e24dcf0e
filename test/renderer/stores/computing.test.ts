import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppDescription, MarkedCine, RecordingEntry } from '@/contract.ts'
import { makeEntry } from '../support/entries.ts'
import { closeWindow, locked, openStores, pack, refusal, screened } from '../support/stores.ts'

beforeEach(closeWindow)

describe('the screening queue', () => {
  it('runs one at a time, in order, and skips what is screened or refused', async () => {
    let running = 0
    const order: string[] = []
    const entries = ['a', 'b', 'c'].map((file) => makeEntry({ file }))
    const refused = makeEntry({ file: 'flat', refusal: { code: 'quality/lead-flat', message: '' } })
    const stores = await openStores({
      'screening:run': async ({ recordingId }) => {
        expect(++running).toBe(1)
        await Promise.resolve()
        running--
        order.push(recordingId)
        return screened(makeEntry({ file: recordingId }))
      },
    })
    stores.recordings.put([...entries, refused])
    await stores.screening.enqueue([...entries, refused])
    expect(order).toEqual(['a', 'b', 'c'])
    expect(stores.screening.stateOf(refused)).toBe('refused')
    expect(stores.screening.progress).toEqual({ done: 0, of: 0 })
  })

  it('is no failure where the pack gives such a person no result, and says why', async () => {
    const entry = makeEntry({ file: 'child' })
    const stores = await openStores({
      'screening:run': () => {
        throw refusal('intended-use/age')
      },
    })
    stores.recordings.put([entry])
    await stores.screening.enqueue([entry])
    expect(stores.screening.stateOf(entry)).toBe('refused')
    expect(stores.screening.withheld(entry)).toMatchObject({ code: 'intended-use/age' })
  })

  it('takes what is asked for meanwhile into the same line', async () => {
    let running = 0
    const entries = ['a', 'b', 'c'].map((file) => makeEntry({ file }))
    const stores = await openStores({
      'screening:run': async ({ recordingId }) => {
        expect(++running).toBe(1)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running--
        return screened(makeEntry({ file: recordingId }))
      },
    })
    stores.recordings.put(entries)
    const first = stores.screening.enqueue(entries.slice(0, 1))
    await stores.screening.enqueue(entries)
    await first
    const asked = stores.api.calls.filter(({ channel }) => channel === 'screening:run')
    expect(asked.map(({ input }) => input)).toEqual(['a', 'b', 'c'].map((recordingId) => ({ recordingId })))
    expect(stores.recordings.entries.every((entry) => entry.screening)).toBe(true)
  })

  it('goes on after a failure, which can be tried again', async () => {
    let broken = true
    const entries = ['a', 'b'].map((file) => makeEntry({ file }))
    const stores = await openStores({
      'screening:run': ({ recordingId }) => {
        if (recordingId === ('a' as string) && broken) throw refusal('inference/failed')
        return screened(makeEntry({ file: recordingId }))
      },
    })
    stores.recordings.put(entries)
    await stores.screening.enqueue(entries)
    const state = (id: string) => stores.screening.stateOf(stores.recordings.byId.get(id)!)
    expect([state('a'), state('b')]).toEqual(['failed', 'screened'])
    broken = false
    await stores.screening.enqueue([stores.recordings.byId.get('a')!])
    expect(state('a')).toBe('screened')
    expect(stores.screening.failures.size).toBe(0)
  })

  it('stops after the running one', async () => {
    const entries = ['a', 'b', 'c'].map((file) => makeEntry({ file }))
    const stores = await openStores({
      'screening:run': ({ recordingId }) => {
        stores.screening.stop()
        return screened(makeEntry({ file: recordingId }))
      },
    })
    stores.recordings.put(entries)
    await stores.screening.enqueue(entries)
    expect(stores.recordings.entries.filter((entry) => entry.screening)).toHaveLength(1)
  })

  it('drops its queue at a lock, and keeps nothing of an answer that comes after it', async () => {
    const { promise, resolve } = Promise.withResolvers<RecordingEntry>()
    const entries = ['a', 'b'].map((file) => makeEntry({ file }))
    const stores = await openStores({ 'screening:run': () => promise, 'access:lock': () => locked })
    stores.recordings.put(entries)
    const done = stores.screening.enqueue(entries)
    await stores.session.lock()
    resolve(screened(entries[0]!))
    await done
    expect(stores.recordings.entries).toEqual([])
    expect(stores.screening.queue).toEqual([])
    expect(stores.api.calls.filter(({ channel }) => channel === 'screening:run')).toHaveLength(1)
  })

  it('asks for nothing without a model pack', async () => {
    const stores = await openStores({})
    stores.application.description = { pack: null } as AppDescription
    await stores.screening.enqueue([makeEntry({ file: 'a' })])
    expect(stores.api.calls).toEqual([])
  })
})

describe('generating a cine', () => {
  const entry = makeEntry({ file: 'a' })
  const finished = { recordingId: entry.id, provider: 'cpu' } as MarkedCine

  it('follows the progress of its own run only', async () => {
    const { promise, resolve } = Promise.withResolvers<MarkedCine>()
    const stores = await openStores({ 'cine:generate': () => promise })
    const done = stores.cines.generate(entry.id, 7, 'ddim25')
    await vi.waitFor(() => expect(stores.api.calls).toHaveLength(1))
    const { cineId } = stores.cines.running!
    stores.api.emit('cine:progress', { cineId: 'another', step: 9, of: 16 })
    expect(stores.cines.running).toMatchObject({ step: 0, of: 0 })
    stores.api.emit('cine:progress', { cineId, step: 3, of: 16 })
    expect(stores.cines.running).toMatchObject({ step: 3, of: 16 })
    resolve(finished)
    await done
    expect(stores.cines.running).toBeNull()
    expect(stores.cines.cines.get(entry.id)).toEqual(finished)
  })

  it('takes a cancel as no failure and keeps the cine that was there', async () => {
    let cancelled = false
    const stores = await openStores({
      'cine:generate': () => {
        if (cancelled) throw refusal('cine/cancelled')
        return finished
      },
      'cine:cancel': () => undefined,
    })
    await stores.cines.generate(entry.id, 7, 'ddim25')
    cancelled = true
    await stores.cines.generate(entry.id, 8, 'ddim25')
    expect(stores.cines.failures.size).toBe(0)
    expect(stores.cines.cines.get(entry.id)).toEqual(finished)
  })

  it('shows a failure with its sentence', async () => {
    const stores = await openStores({
      'cine:generate': () => {
        throw refusal('inference/failed')
      },
    })
    await stores.cines.generate(entry.id, 7, 'ddim25')
    expect(stores.cines.failures.get(entry.id)).toEqual({ code: 'inference/failed', message: 'found; do' })
  })

  it('keeps only the newest few in memory', async () => {
    const stores = await openStores({
      'cine:generate': ({ recordingId }) => ({ recordingId, provider: 'cpu' }) as unknown as MarkedCine,
    })
    for (let index = 0; index < 12; index++) {
      await stores.cines.generate(`r${index}` as RecordingEntry['id'], index, 'ddim25')
    }
    expect([...stores.cines.cines.keys()]).toEqual(['r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11'])
  })
})

describe('the provider', () => {
  it('is remembered for the next start', async () => {
    const first = await openStores({ 'models:choose-provider': () => undefined })
    await first.application.chooseProvider('cpu')
    vi.resetModules()
    setActivePinia(createPinia())
    const second = await openStores({
      'app:describe': () => ({ pack }) as AppDescription,
      'models:choose-provider': () => undefined,
    })
    await second.application.load()
    expect(second.api.calls.at(-1)).toEqual({ channel: 'models:choose-provider', input: { provider: 'cpu' } })
  })

  it('stays as it was where main refuses it', async () => {
    const stores = await openStores({
      'models:choose-provider': () => {
        throw refusal('inference/provider-unavailable')
      },
    })
    await expect(stores.application.chooseProvider('cuda')).rejects.toMatchObject({
      code: 'inference/provider-unavailable',
    })
    expect(stores.application.providerChoice).toBe('auto')
  })
})

describe('the other side', () => {
  it('counts as gone once it does not answer at all', async () => {
    vi.stubGlobal('api', { call: () => Promise.reject(new Error('closed')), on: () => () => undefined })
    const { call, connectionState } = await import('@/api.ts')
    await expect(call('app:describe', undefined)).rejects.toMatchObject({ code: 'host/gone' })
    expect(connectionState.value).toBe('gone')
  })
})
