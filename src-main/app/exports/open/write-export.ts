import { createHash } from 'node:crypto'
import { AppError, type RecordingId, type ScreeningId } from '../../../../src-preload/contract/index.ts'
import { signHead } from '../../../registry/audit/head.ts'
import { publicKeyPem, signText, workspaceIdentity } from '../../../registry/audit/signing-key.ts'
import { BlobStore } from '../../../registry/blobs/blob-store.ts'
import { statement, type ReadableDb } from '../../../registry/database.ts'
import { systemEnvironment, type Moment } from '../../../registry/environment.ts'
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

export interface ExportOrder {
  readonly registryDirectory: string
  readonly blobDirectory: string
  readonly dataKey: Buffer
  readonly folder: string
  readonly application: string
  readonly words: ReportWords
  readonly now: Moment
}

/** Rows written, of all tables. */
export interface ExportProgress {
  readonly done: number
  readonly of: number
}

export interface ExportFollowing {
  readonly tell: (progress: ExportProgress) => void
  readonly isCancelled: () => boolean
}

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
 * CSV, waveforms as WFDB, cines as NIfTI, a report of each screening as PDF, every file as it was imported. The manifest
 * comes last: a folder without one was cut off by a kill; whatever else stops the export takes back what it wrote.
 *
 * @throws AppError `export/not-empty`, `export/cancelled`, `registry/…`
 */
export async function writeExport(order: ExportOrder, following: ExportFollowing): Promise<ExportReport> {
  const folder = new ExportFolder(order.folder)
  const db = openForReading(order.registryDirectory, order.dataKey)
  try {
    db.exec('BEGIN')
    const source = { db, blobs: new BlobStore(order.blobDirectory, order.dataKey), environment: systemEnvironment }
    return await fill(folder, source, order, following)
  } catch (error) {
    folder.discard()
    throw error
  } finally {
    db.close()
  }
}

async function fill(
  folder: ExportFolder,
  source: ExportSource,
  { application, words, now }: ExportOrder,
  following: ExportFollowing,
): Promise<ExportReport> {
  const { db } = source
  const workspace = workspaceIdentity(publicKeyPem(db))
  const left: LeftOut = { withoutWfdb: [], withoutReport: [] }
  const rows = await writeTables(source, folder, { workspace, words, left, following })
  writeTrail(source, folder)
  folder.add('readme.txt', Buffer.from(exportReadme))
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
}

interface LeftOut {
  readonly withoutWfdb: string[]
  readonly withoutReport: string[]
}

interface Writing {
  readonly workspace: string
  readonly words: ReportWords
  readonly left: LeftOut
  readonly following: ExportFollowing
}

async function writeTables(
  source: ExportSource,
  folder: ExportFolder,
  { workspace, words, left, following }: Writing,
): Promise<Record<string, number>> {
  const { db, blobs } = source
  const people = new Set<string>()
  const counts: Record<string, number> = {}
  const hashes = new Map<string, string>()
  const of = countRows(db)
  // A window needs no more than a few hundred words of a million rows; a small registry tells of each.
  const step = Math.ceil(of / 200)
  let done = 0
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
      done += 1
      if (following.isCancelled())
        throw new AppError('export/cancelled', 'The export was ended. Nothing of it is left.')
      if (done % step === 0) following.tell({ done, of })
    }
    table.close()
    counts[name] = count
  }
  const named = travellers(db, workspace, people).map((one) => exactLine([one.id, one.displayName, one.workspace]))
  folder.add('person.csv', Buffer.from(`\uFEFF${exactLine(['id', 'display_name', 'workspace'])}${named.join('')}`))
  return counts
}

const countRows = (db: ReadableDb): number =>
  TRAVELLING.reduce(
    (sum, { name }) => sum + statement<{ count: number }>(db, `SELECT count(*) AS count FROM ${name}`).get()!.count,
    0,
  )

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
