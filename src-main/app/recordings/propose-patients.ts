import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import type { PatientRow } from '../../../src-preload/contract/index.ts'
import type { ReadableDb } from '../../registry/database.ts'
import { listPatients } from '../../registry/search/list-patients.ts'
import { compareIdentity } from './compare-identity.ts'

const LOOKED_AT = 50
const PROPOSED = 3

/** Patients who may be the one that a file names: by its id, then by its name; whoever fits best comes first. */
export function proposePatients(db: ReadableDb, file: FilePatient): PatientRow[] {
  const find = (text: string | undefined): PatientRow[] =>
    text === undefined || text.trim() === ''
      ? []
      : listPatients(db, { text, finding: null, order: 'newest', descending: true, offset: 0, limit: LOOKED_AT }).rows
  const found = new Map([...find(file.id), ...find(file.name)].map((row) => [row.id, row]))
  const fits = [...found.values()].map((row) => ({ row, differing: compareIdentity(file, row) }))
  return fits
    .filter(({ differing }) => !differing.some(({ field }) => field === 'name' || field === 'birth-date'))
    .sort((one, other) => one.differing.length - other.differing.length)
    .slice(0, PROPOSED)
    .map(({ row }) => row)
}
