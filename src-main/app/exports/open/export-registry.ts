import { join } from 'node:path'
import type { WorkspaceAccess } from '../../../registry/access/workspace-access.ts'
import { BLOB_FOLDER } from '../../../registry/backup/manifest.ts'
import { runThread, type ThreadOptions } from '../../../registry/worker/thread.ts'
import type { ReportWords } from './screening-report.ts'
import type { ExportOrder, ExportProgress, ExportReport } from './write-export.ts'

const ENTRY = { name: 'export-worker', source: join(import.meta.dirname, 'export-worker.ts') }

/**
 * Writes the whole registry in open formats, in a thread of its own: a report of each screening takes its time, and
 * nobody shall wait for it. Others may work meanwhile.
 *
 * @throws AppError `export/not-empty`, `export/cancelled`, `registry/…`
 */
export async function exportRegistry(
  access: WorkspaceAccess,
  folder: string,
  { application, ...words }: ReportWords & { readonly application: string },
  following: ThreadOptions<ExportProgress> = {},
): Promise<ExportReport> {
  const by = access.actor()
  const { registry, release } = access.holdOpen()
  try {
    // The trail says that the data left before they do.
    registry.change(by, (change) => change.audit({ action: 'exchange:export-open', kind: 'registry', id: null }))
    const order: ExportOrder = {
      registryDirectory: access.directory,
      blobDirectory: join(access.directory, BLOB_FOLDER),
      dataKey: access.dataKey(),
      folder,
      application,
      words,
      now: access.environment.now(),
    }
    return await runThread<ExportOrder, ExportReport, ExportProgress>(ENTRY, order, following)
  } finally {
    release()
  }
}
