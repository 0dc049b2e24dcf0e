import { beforeAll, describe, expect, it } from 'vitest'
import type { DesktopApi } from '../../src-preload/contract/index.ts'
import { ipcRenderer, recorded } from '../electron-stub.ts'

let api: DesktopApi
beforeAll(async () => {
  await import('../../src-preload/index.ts')
  api = recorded.exposed['api'] as DesktopApi
})

describe('the preload script', () => {
  it('exposes three functions and nothing of Electron (item 20)', () => {
    expect(Object.keys(recorded.exposed)).toEqual(['api'])
    expect(Object.keys(api)).toEqual(['call', 'on', 'pathOf'])
  })

  it('sends every call over the one channel', async () => {
    await api.call('app:describe', undefined)
    expect(recorded.invoked).toEqual([['cardionets:call', 'app:describe', undefined]])
  })

  it('tells where a file lies that somebody dropped', () => {
    expect(api.pathOf(new File([], 'ward.csv'))).toBe('/dropped/ward.csv')
  })

  it('relays an event to the listeners of its name, without Electron’s event object', () => {
    const seen: unknown[][] = []
    const leave = api.on('import:progress', (...args) => seen.push(args))
    ipcRenderer.emit('cardionets:event', { sender: 'electron' }, 'import:progress', { done: 1, of: 2 })
    ipcRenderer.emit('cardionets:event', { sender: 'electron' }, 'cine:progress', { step: 1 })
    leave()
    ipcRenderer.emit('cardionets:event', { sender: 'electron' }, 'import:progress', { done: 2, of: 2 })
    expect(seen).toEqual([[{ done: 1, of: 2 }]])
    expect(ipcRenderer.listenerCount('cardionets:event')).toBe(0)
  })
})
