import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, Output, PackKey } from '../contract.ts'
import { useApplicationStore } from './application.ts'

/** Whose model packs are accepted here. */
export const useSiteKeysStore = defineStore('site-keys', () => {
  const application = useApplicationStore()
  const keys = shallowRef<readonly PackKey[]>([])
  const error = shallowRef<ErrorReply | null>(null)

  async function load(): Promise<void> {
    error.value = null
    try {
      keys.value = await call('site-keys:list', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    }
  }

  /** The fingerprint of what a `.pub` file holds. @throws AppError `pack/key-unreadable` */
  const examine = (publicKey: string): Promise<Output<'site-keys:examine'>> => call('site-keys:examine', { publicKey })

  /** @throws AppError `pack/key-differs` */
  async function trust(key: { publicKey: string; compared: string; name: string }): Promise<void> {
    keys.value = await call('site-keys:trust', key)
    await application.load()
  }

  /** @throws AppError */
  async function withdraw(keyId: string, reason: string): Promise<void> {
    keys.value = await call('site-keys:withdraw', { keyId, reason })
    await application.load()
  }

  return { keys, error, load, examine, trust, withdraw }
})
