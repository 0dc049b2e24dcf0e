import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call } from '../api.ts'
import type { SettingsPatch, SiteSettings } from '../contract.ts'

/** What the site decided for everybody; null until it is read. The frame reads it when somebody signs in. */
export const useSiteSettingsStore = defineStore('site-settings', () => {
  const settings = shallowRef<SiteSettings | null>(null)

  async function load(): Promise<void> {
    try {
      settings.value = await call('settings:read', undefined)
    } catch {
      // Locked meanwhile: views go by their own defaults until the next sign-in.
      settings.value = null
    }
  }

  /** @throws AppError `backup/folder-unusable`; nothing was changed then */
  async function change(patch: SettingsPatch): Promise<void> {
    settings.value = await call('settings:change', patch)
  }

  return { settings, load, change }
})
