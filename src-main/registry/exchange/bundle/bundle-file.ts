import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { WorkspaceAccess } from '../../access/workspace-access.ts'
import { syncDirectory } from '../../blobs/write-durably.ts'
import { withStorageErrors } from '../../storage-errors.ts'
import { writeBundle, type BundleOrder, type BundleReport } from './write-bundle.ts'

/**
 * Writes a bundle to a disk that may be pulled out: under another name until all of it is there.
 *
 * @throws AppError `bundle/exists`, `registry/disk-full`, `registry/read-only`
 */
export async function writeBundleFile(
  access: WorkspaceAccess,
  order: BundleOrder,
  path: string,
): Promise<BundleReport> {
  if (existsSync(path)) {
    throw new AppError(
      'bundle/exists',
      'A file of this name is there already, and nothing is written over. Choose another name.',
    )
  }
  const part = `${path}.part`
  const by = access.actor()
  const { registry, release } = access.holdOpen()
  const file = withStorageErrors(() => openSync(part, 'w', 0o600))
  let done = false
  try {
    const report = await writeBundle(registry, by, order, (bytes) =>
      withStorageErrors(() => {
        for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      }),
    )
    withStorageErrors(() => fsyncSync(file))
    done = true
    return report
  } finally {
    closeSync(file)
    if (done) {
      renameSync(part, path)
      syncDirectory(dirname(path))
    } else rmSync(part, { force: true })
    release()
  }
}
