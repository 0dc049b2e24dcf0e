import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { AppError, type RecordingId, type ScreeningId } from '../../../../src-preload/contract/index.ts'
import { signHead } from '../../../registry/audit/head.ts'
import { publicKeyPem, signText, workspaceIdentity } from '../../../registry/audit/signing-key.ts'
import type { WorkspaceAccess } from '../../../registry/access/workspace-access.ts'
import { statement } from '../../../registry/database.ts'
import { travellers } from '../../../registry/exchange/read-packets.ts'
import { tableShape } from '../../../registry/exchange/table-shape.ts'
import { TRAVELLING } from '../../../registry/exchange/travelling-tables.ts'
import { schemaVersion } from '../../../registry/migrate.ts'
import { openForReading } from '../../../registry/open-for-reading.ts'
import { getAttachment } from '../../../registry/tables/attachments.ts'
import { getRecording } from '../../../registry/tables/recordings.ts'
import { exactLine, type ExactCell } from '../exact-csv.ts'
import { ExportFolder } from './export-folder.ts'
import { contentPath, EXPORT_FORMAT, MANIFEST_FILE, signedManifest, type ExportManifest } from './manifest.ts'
import { exportReadme } from './readme.ts'
import { screeningReport, type ReportWords } from './screening-report.ts'
import { attachmentFiles, waveformFiles, type ExportSource, type ViewFile } from './views.ts'

export interface ExportReport {
  readonly folder: string
  readonly files: number
  readonly rows: Readonly<Record<string, number>>
  /** Recordings that WFDB has no numbers for; their exact samples and files are there. */
  readonly withoutWfdb: readonly string[]
  /** Screenings whose reviews were altered; no report is made of them. */
  readonly withoutReport: readonly string[]
  /** Entries of the audit trail at its signed end in the manifest. */
  readonly entries: number
}

/**
 * Writes the whole registry as of one moment into an empty or new folder, in formats that other programs read: tables as
 * CSV, waveforms as WFDB, cines as NIfTI, a report of each screening as PDF, every file as it was imported. Others may
 * work meanwhile. The manifest comes last: a folder without one was cut off.
 *
 * @throws AppError `export/not-empty`, `registry/…`
 */
export async function exportRegistry(
  access: WorkspaceAccess,
  folderPath: string,
  { application, ...words }: ReportWords & { readonly application: string },
): Promise<ExportReport> {
  const folder = new ExportFolder(folderPath)
  const by = access.actor()
  const { registry, release } = access.holdOpen()
  // The trail says that the data left before they do.
  registry.change(by, (change) => change.audit({ action: 'exchange:export-open', kind: 'registry', id: null }))
  const db = openForReading(access.directory, access.dataKey())
  try {
    db.exec('BEGIN')
    const workspace = workspaceIdentity(publicKeyPem(db))
    const { blobs, environment } = registry
    const source: ExportSource = { db, blobs, environment }
    const left: LeftOut = { withoutWfdb: [], withoutReport: [] }
    const rows = await writeTables(source, folder, { workspace, words, left })
    writeTrail(source, folder)
    folder.add('readme.txt', Buffer.from(exportReadme))
    const now = registry.environment.now()
    const head = signHead(db, now)
    const unsigned: Omit<ExportManifest, 'signature'> = {
      format: EXPORT_FORMAT,
      madeAt: new Date(now.utcMs).toISOString(),
      application,
      schema: schemaVersion(db),
      workspace,
      publicKey: publicKeyPem(db),
      rows,
      files: folder.files.toSorted(([one], [other]) => (one < other ? -1 : 1)),
      head,
    }
    const manifest: ExportManifest = { ...unsigned, signature: signText(db, signedManifest(unsigned)) }
    const files = manifest.files.length
    folder.add(MANIFEST_FILE, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
    return { folder: folder.path, files, rows, ...left, entries: head.entries }
  } finally {
    db.close()
    release()
  }
}

interface LeftOut {
  readonly withoutWfdb: string[]
  readonly withoutReport: string[]
}

async function writeTables(
  source: ExportSource,
  folder: ExportFolder,
  { workspace, words, left }: { workspace: string; words: ReportWords; left: LeftOut },
): Promise<Record<string, number>> {
  const { db, blobs } = source
  const people = new Set<string>()
  const counts: Record<string, number> = {}
  const hashes = new Map<string, string>()
  const hashOf = (blobId: string): string => {
    const known = hashes.get(blobId)
    if (known !== undefined) return known
    const content = blobs.get(blobId)
    const hash = createHash('sha256').update(content).digest('hex')
    if (!folder.has(contentPath(hash))) folder.add(contentPath(hash), content)
    hashes.set(blobId, hash)
    return hash
  }
  for (const { name, key } of TRAVELLING) {
    const { columns, blobs: named, people: who } = tableShape(db, name)
    const table = folder.open(`${name}.csv`)
    table.write(Buffer.from(`\uFEFF${exactLine(columns)}`))
    const numbered = (db.pragma(`table_info(${name})`) as { name: string }[]).some((column) => column.name === 'number')
    const rows = db.prepare(`SELECT * FROM ${name} ORDER BY ${numbered ? 'number' : key.join(', ')}`)
    let count = 0
    for (const row of rows.iterate() as IterableIterator<Record<string, ExactCell>>) {
      const cells = columns.map((column) => {
        const value = row[column] ?? (name === 'review' && column === 'workspace' ? workspace : null)
        if (value !== null && who.has(column)) people.add(String(value))
        return value !== null && named.has(column) ? hashOf(String(value)) : value
      })
      table.write(Buffer.from(exactLine(cells)))
      for (const file of await viewsOf(source, name, row, words, left))
        if (!folder.has(file.name)) folder.add(file.name, file.bytes)
      count += 1
      if (count % 50 === 0) await turn()
    }
    table.close()
    counts[name] = count
  }
  const named = travellers(db, workspace, people).map((one) => exactLine([one.id, one.displayName, one.workspace]))
  folder.add('person.csv', Buffer.from(`\uFEFF${exactLine(['id', 'display_name', 'workspace'])}${named.join('')}`))
  return counts
}

/** The forms in which other programs open what a row names. */
async function viewsOf(
  source: ExportSource,
  table: string,
  row: Record<string, ExactCell>,
  words: ReportWords,
  { withoutWfdb, withoutReport }: LeftOut,
): Promise<readonly ViewFile[]> {
  const id = String(row['id'])
  if (table === 'attachment') return attachmentFiles(source, getAttachment(source.db, id))
  if (table === 'screening') {
    const screening = { id: id as ScreeningId, recordingId: String(row['recording_id']) as RecordingId }
    const report = await screeningReport(source, screening, words)
    if (report === null) withoutReport.push(id)
    return report === null ? [] : [report]
  }
  if (table !== 'recording') return []
  try {
    return waveformFiles(source, getRecording(source.db, id))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'convert/out-of-range') throw error
    withoutWfdb.push(id)
    return []
  }
}

/** The audit trail, to be read; its hashes are those that the signed head ends. */
function writeTrail({ db }: ExportSource, folder: ExportFolder): void {
  const names = ['number', 'at_ms', 'offset_minutes', 'person_id', 'person_name', 'action', 'record_kind', 'record_id'] // prettier-ignore
  const columns = [...names, 'before_json', 'after_json', 'reason', 'hash']
  const table = folder.open('audit.csv')
  table.write(Buffer.from(`\uFEFF${exactLine(columns)}`))
  const rows = statement<Record<string, ExactCell>>(
    db,
    `SELECT ${columns.slice(0, -1).join(', ')}, lower(hex(hash)) AS hash FROM audit ORDER BY number`,
  )
  for (const row of rows.iterate()) table.write(Buffer.from(exactLine(columns.map((column) => row[column] ?? null))))
  table.close()
}
