import { join } from 'node:path'

/**
 * The folder of the pack that ships: among the extra resources of a packaged application, else in the repository.
 * Both `out/main` and `src-main/app` lie two folders below it.
 */
export function referencePackDir(): string {
  const { resourcesPath, defaultApp } = process as { resourcesPath?: string; defaultApp?: boolean }
  if (resourcesPath !== undefined && defaultApp !== true) return join(resourcesPath, 'models', 'reference')
  return join(import.meta.dirname, '..', '..', 'models', 'reference')
}
