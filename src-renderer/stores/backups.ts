import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { BackupProgress, BackupState, ErrorReply } from '../contract.ts'
import { useSiteSettingsStore } from './site-settings.ts'

/** Copies of the registry, and the one that is being made or read back. */
export const useBackupsStore = defineStore('backups', () => {
  const siteSettings = useSiteSettingsStore()
  const state = shallowRef<BackupState | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  const progress = shallowRef<BackupProgress | null>(null)
  on('backup:progress', (told) => (progress.value = told))

  async function load(): Promise<void> {
    error.value = null
    try {
      state.value = await call('backup:describe', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    }
  }

  /** @throws AppError `backup/…`, `registry/disk-full`, `registry/read-only` */
  const make = (): Promise<void> => follow(() => call('backup:make', undefined))

  /** @throws AppError `backup/not-sound`, `registry/blob-…`, … */
  const prove = (name: string): Promise<void> => follow(() => call('backup:prove', { name }))

  /** @param folder  null for the folder beside the registry @throws AppError `backup/folder-unusable` */
  async function choose(folder: string | null): Promise<void> {
    await siteSettings.change({ backupFolder: folder })
    await load()
  }

  async function follow(work: () => Promise<BackupState>): Promise<void> {
    progress.value = { step: 'registry', done: 0, of: 1 }
    try {
      state.value = await work()
    } finally {
      progress.value = null
    }
  }

  return { state, error, progress, load, make, prove, choose }
})
