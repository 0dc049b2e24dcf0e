import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { isSignedBy, workspaceIdentity } from '../../../registry/audit/signing-key.ts'
import { statement, type ReadableDb } from '../../../registry/database.ts'
import { insertRow, insertTravellers, type Meaning } from '../../../registry/exchange/insert-row.ts'
import { Traveller, type Row } from '../../../registry/exchange/packet.ts'
import { trustPartner } from '../../../registry/exchange/partners.ts'
import { tableShape } from '../../../registry/exchange/table-shape.ts'
import { TRAVELLING } from '../../../registry/exchange/travelling-tables.ts'
import type { StoredBlob } from '../../../registry/blobs/blob-store.ts'
import { schemaVersion } from '../../../registry/migrate.ts'
import type { Actor, Registry } from '../../../registry/registry.ts'
import { reindexPatient } from '../../../registry/tables/patients.ts'
import { readExactCsvParts } from '../exact-csv.ts'
import { textParts } from './text-parts.ts'
import { contentPath, ExportManifest, MANIFEST_FILE, signedManifest } from './manifest.ts'

export interface ImportReport {
  readonly workspace: string
  readonly madeAt: string
  readonly rows: Readonly<Record<string, number>>
}

const ROWS_IN_ONE_CHANGE = 500

/**
 * Reads a full export into a registry without patients and recordings, every row with its id, times and people. All
 * files are proved against the signed manifest first.
 *
 * @throws AppError `export/not-an-export`, `export/altered`, `export/newer`, `export/registry-not-empty`, `registry/…`
 */
export async function importExport(registry: Registry, by: Actor, folder: string): Promise<ImportReport> {
  const manifest = readManifest(folder)
  requireRoom(registry.db, manifest)
  for (const [name, size, sha256] of manifest.files) {
    if (hashOf(join(folder, name), size) !== sha256) throw altered(name)
    await turn()
  }
  const { workspace, publicKey, madeAt, head, rows } = manifest
  const people = [...table(folder, 'person')].map(({ id, display_name: displayName, workspace: home }) =>
    Traveller.parse({ id, displayName, workspace: home }),
  )
  registry.change(by, (change) => {
    trustPartner(change, workspace, publicKey)
    insertTravellers(change.db, people, change.at.utcMs)
    change.audit({ action: 'exchange:import-open', kind: 'workspace', id: workspace, after: { madeAt, rows, head } })
  })
  for (const { name } of TRAVELLING) await takeTable(registry, by, folder, name)
  joinMerged(registry, by, folder)
  return { workspace, madeAt, rows }
}

function readManifest(folder: string): ExportManifest {
  let manifest: ExportManifest
  try {
    manifest = ExportManifest.parse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')))
  } catch (cause) {
    throw new AppError('export/not-an-export', 'This folder holds no whole export of CardioNets. Choose another.', {
      cause,
    })
  }
  const { signature, ...unsigned } = manifest
  const isOwn = workspaceIdentity(manifest.publicKey) === manifest.workspace
  if (!isOwn || !isSignedBy(manifest.publicKey, signedManifest(unsigned), signature)) throw altered(MANIFEST_FILE)
  return manifest
}

function requireRoom(db: ReadableDb, { schema, application }: ExportManifest): void {
  if (schema > schemaVersion(db)) {
    throw new AppError(
      'export/newer',
      `The export was made by a newer version (${application}). Update CardioNets first.`,
    )
  }
  const used = statement(db, 'SELECT 1 FROM patient UNION ALL SELECT 1 FROM recording LIMIT 1').get()
  if (used === undefined) return
  throw new AppError(
    'export/registry-not-empty',
    'This workspace has patients or recordings. Import into a new workspace, or exchange a bundle instead.',
  )
}

function* table(folder: string, name: string): Generator<Row> {
  const lines = readExactCsvParts(textParts(join(folder, `${name}.csv`)))
  const head = lines.next().value as string[] | undefined
  for (const cells of lines) yield Object.fromEntries(head!.map((column, index) => [column, cells[index] ?? null]))
}

async function takeTable(registry: Registry, by: Actor, folder: string, name: string): Promise<void> {
  const { blobs: named } = tableShape(registry.db, name)
  let rows: Row[] = []
  const store = (): void => {
    if (rows.length === 0) return
    const blobs = new Map<string, StoredBlob>()
    for (const row of rows) {
      for (const column of named) {
        const sha256 = row[column] ?? null
        if (sha256 !== null)
          blobs.set(String(sha256), registry.blobs.put(readFileSync(join(folder, contentPath(String(sha256))))))
      }
    }
    const meaning: Meaning = { blobs, ids: new Map() }
    registry.change(by, (change) => {
      for (const row of rows) {
        // Whom a patient was merged into may come later in the table.
        insertRow(change.db, name, name === 'patient' ? { ...row, merged_into: null } : row, meaning, change.at.utcMs)
        if (name === 'patient') reindexPatient(change.db, String(row['id']))
      }
      change.audit({ action: 'exchange:import-rows', kind: name, id: null, after: { rows: rows.length } })
    })
    rows = []
  }
  for (const row of table(folder, name)) {
    rows.push(row)
    if (rows.length < ROWS_IN_ONE_CHANGE) continue
    store()
    await turn()
  }
  store()
}

function joinMerged(registry: Registry, by: Actor, folder: string): void {
  const merged = [...table(folder, 'patient')].filter((row) => row['merged_into'] !== null)
  if (merged.length === 0) return
  registry.change(by, (change) => {
    for (const { id, merged_into: kept } of merged) {
      statement(change.db, 'UPDATE patient SET merged_into = ? WHERE id = ?').run(kept, id)
      reindexPatient(change.db, String(id))
    }
    change.audit({ action: 'exchange:import-rows', kind: 'patient', id: null, after: { merged: merged.length } })
  })
}

/** In parts, so that a long file does not fill the memory. @returns null where the size differs or nothing is there */
function hashOf(path: string, size: number): string | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    const hash = createHash('sha256')
    const part = Buffer.alloc(2 ** 20)
    let total = 0
    for (let count = readSync(file, part); count > 0; count = readSync(file, part)) {
      hash.update(part.subarray(0, count))
      total += count
    }
    return total === size ? hash.digest('hex') : null
  } finally {
    closeSync(file)
  }
}

const altered = (name: string): AppError =>
  new AppError('export/altered', `${name} is missing or is not what was exported. Copy the export again.`)
