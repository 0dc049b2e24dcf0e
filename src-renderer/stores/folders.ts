import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call } from '../api.ts'
import type { Output } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'

/** A folder of this computer that is looked into, to choose it or a table in it. */
export const useFoldersStore = defineStore('folders', () => {
  const listed = shallowRef<Output<'files:list-folder'> | null>(null)

  /** @throws AppError `files/no-such-folder` */
  async function look(folder: string | null): Promise<void> {
    listed.value = await call('files:list-folder', { folder })
  }

  /** The desktop's own dialog. @returns null where the user chose none */
  async function askSystem(kind: 'folder' | 'table'): Promise<string | null> {
    if (kind === 'folder') return (await call('files:choose-folder', undefined)).folder
    return (await call('files:choose-table', undefined)).table
  }

  forgetsOnLock(() => (listed.value = null))

  return { listed, look, askSystem }
})
