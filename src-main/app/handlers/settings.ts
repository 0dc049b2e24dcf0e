import { requireUsableFolder } from '../../registry/backup/usable-folder.ts'
import { changeSiteSettings, differingSettings, readSiteSettings } from '../../registry/tables/site-settings.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** `settings:*` — what a site decides once for everybody. */
export function settingsHandlers({ access }: Services): Pick<Handlers, 'settings:read' | 'settings:change'> {
  return {
    'settings:read': () => readSiteSettings(access.registry().db),
    'settings:change'(patch) {
      const registry = access.registry()
      const differing = differingSettings(readSiteSettings(registry.db), patch)
      if (differing.includes('backupFolder') && patch.backupFolder) requireUsableFolder(patch.backupFolder)
      if (differing.length > 0) registry.change(access.actor(), (change) => changeSiteSettings(change, patch))
      access.refreshSettings()
      return readSiteSettings(registry.db)
    },
  }
}
