import { lstat, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import type { TableProblem } from '../../../src-preload/contract/batch.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ReadableDb } from '../../registry/database.ts'
import type { Moment } from '../../registry/environment.ts'
import type { NewItem } from '../../registry/tables/batch-items.ts'
import type { BatchKind } from '../../registry/tables/batches.ts'
import { findPatientByLocalId } from '../../registry/tables/patients.ts'
import { refuseNetworkPath } from '../network-path.ts'
import { isBornLater } from '../patient-fields.ts'
import { openFile } from '../reading/open-file.ts'
import { signalFilesIn } from '../reading/signal-files.ts'
import { walk } from '../reading/walk.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'

/**
 * The place that a batch takes its files from, as an absolute path.
 *
 * @throws AppError `batch/no-such-source`, `batch/network-path`
 */
export async function checkSource(kind: BatchKind, source: string): Promise<string> {
  refuseNetworkPath(source)
  const path = await realpath(resolve(source)).catch(() => undefined)
  const status = path && (await lstat(path).catch(() => undefined))
  if (status && (kind === 'csv' ? status.isFile() : status.isDirectory())) return path
  throw new AppError(
    'batch/no-such-source',
    kind === 'csv'
      ? 'There is no such table on this computer. Check the path; a drive may have been removed.'
      : 'There is no such folder on this computer. Check the path; a drive may have been removed.',
  )
}

/** Every file below a folder that stands for a recording, in name order. */
export async function* listFolder(reader: WatchedReader, folder: string): AsyncGenerator<NewItem> {
  for await (const path of walk([folder], (inside, names) => signalFilesIn(reader, inside, names))) {
    yield { path, stamp: '', row: null, person: null }
  }
}

/**
 * The files of a table; relative ones lie beside it.
 *
 * @returns problems by row and column; where there is one, no file
 * @throws AppError where the table can't be opened
 */
export async function listTable(
  reader: WatchedReader,
  db: ReadableDb,
  path: string,
  now: Moment,
): Promise<{ items: NewItem[]; problems: TableProblem[] }> {
  const reply = await reader.batchTable(await openFile(path))
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const { rows, problems } = reply.value
  // Only the registry knows whether a row without a name names somebody.
  const unnamed = rows.filter(({ person }) => person?.name === '' && !findPatientByLocalId(db, person.localId))
  const unknown = unnamed.map(({ row }) => ({
    row,
    column: 'name',
    message: 'No patient has this ID yet, and one can’t be made without a name.',
  }))
  const unborn = rows.flatMap(({ row, person }) =>
    person && isBornLater(person, now) ? [{ row, column: 'birth_date', message: 'This day lies after today.' }] : [],
  )
  const all = [...problems, ...unknown, ...unborn]
  if (all.length > 0) return { items: [], problems: all }
  const folder = dirname(path)
  const items = rows.map(({ row, file, person }) => ({ path: placeOf(folder, file), stamp: '', row, person }))
  return { items, problems: [] }
}

/** Tables come from other systems, whose paths have other separators. */
function placeOf(folder: string, file: string): string {
  const own = sep === '/' && !file.includes('/') ? file.replaceAll('\\', '/') : file
  return isAbsolute(own) ? own : join(folder, own)
}
