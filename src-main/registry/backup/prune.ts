import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BLOB_FOLDER, listBackups } from './manifest.ts'
import { backupsToKeep } from './retention.ts'

/** Removes backups that are no longer kept, then blobs that no kept backup names. */
export function pruneBackups(folder: string): void {
  const backups = listBackups(folder)
  const kept = backupsToKeep(backups.map(({ manifest }) => manifest.madeAt))
  const named = new Set<string>()
  for (const { directory, manifest } of backups) {
    if (kept.has(manifest.madeAt)) for (const [id] of manifest.blobs) named.add(id)
    else rmSync(directory, { recursive: true })
  }
  const blobs = join(folder, BLOB_FOLDER)
  if (!existsSync(blobs)) return
  for (const group of readdirSync(blobs)) {
    for (const id of readdirSync(join(blobs, group))) if (!named.has(id)) rmSync(join(blobs, group, id))
  }
}
