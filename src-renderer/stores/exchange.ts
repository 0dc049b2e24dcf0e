import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { ErrorReply, EventPayload, ExchangeState, Input, Output } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'
import { usePreferencesStore } from './preferences.ts'
import { saveFile } from '../save-file.ts'

/** Bundles to and from other computers, and what the two sides say differently. */
export const useExchangeStore = defineStore('exchange', () => {
  const preferences = usePreferencesStore()
  const state = shallowRef<ExchangeState | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  const taken = shallowRef<Output<'exchange:import-bundle'> | null>(null)

  /** The export in open formats that is under way, wherever the page has gone meanwhile. */
  const writing = shallowRef<(EventPayload<'exchange:open-progress'> & { cancelling: boolean }) | null>(null)
  const written = shallowRef<Output<'exchange:export-open'> | null>(null)
  const writeError = shallowRef<ErrorReply | null>(null)
  on('exchange:open-progress', (told) => {
    if (writing.value) writing.value = { ...writing.value, ...told }
  })

  async function load(): Promise<void> {
    error.value = null
    try {
      state.value = await call('exchange:describe', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    }
  }

  /** Hands the bundle to the browser's download, for a USB stick. @throws AppError */
  async function exportBundle(passphrase: string): Promise<void> {
    const { name, bytes } = await call('exchange:export-bundle', { passphrase })
    await saveFile(name, bytes)
  }

  /** @throws AppError `bundle/unknown-sender` until `trusted` is the sender's fingerprint, `bundle/…` */
  async function importBundle(file: Uint8Array, passphrase: string, trusted: string | null): Promise<void> {
    taken.value = null
    taken.value = await call('exchange:import-bundle', { file, passphrase, trusted })
    await load()
  }

  /** Writes the whole registry, not encrypted, into a folder of this computer. Settles when that has ended somehow. */
  async function exportOpen(folder: string): Promise<void> {
    if (writing.value) return
    writing.value = { done: 0, of: 0, cancelling: false }
    written.value = null
    writeError.value = null
    try {
      written.value = await call('exchange:export-open', { folder, language: preferences.language })
    } catch (problem) {
      writeError.value = toErrorReply(problem)
    } finally {
      writing.value = null
    }
  }

  async function cancelOpen(): Promise<void> {
    if (writing.value) writing.value = { ...writing.value, cancelling: true }
    await call('exchange:cancel-open', undefined)
  }

  /** @throws AppError */
  async function decide(decision: Input<'exchange:decide'>): Promise<void> {
    state.value = await call('exchange:decide', decision)
  }

  forgetsOnLock(() => {
    state.value = null
    error.value = null
    taken.value = null
    written.value = null
    writeError.value = null
  })

  return {
    state,
    error,
    taken,
    writing,
    written,
    writeError,
    load,
    exportBundle,
    importBundle,
    exportOpen,
    cancelOpen,
    decide,
  }
})
