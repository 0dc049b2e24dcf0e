import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import type { IdentityMismatch, PatientLabel } from '../../../src-preload/contract/index.ts'

/**
 * How the person that a file names differs from a patient. What either side leaves open is no difference.
 *
 * Names are compared without case, order of their parts and punctuation: "ZHANG^WEI", "Zhang Wei" and "Wei, Zhang" are
 * one spelling of each other. Ids are compared without leading zeros, which devices add.
 */
export function compareIdentity(file: FilePatient | undefined, patient: PatientLabel): IdentityMismatch[] {
  if (!file) return []
  const pairs: { field: IdentityMismatch['field']; inFile: string | undefined; inRegistry: string; same: boolean }[] = [
    { field: 'name', inFile: file.name, inRegistry: patient.name, same: nameKey(file.name) === nameKey(patient.name) },
    { field: 'id', inFile: file.id, inRegistry: patient.localId, same: idKey(file.id) === idKey(patient.localId) },
    {
      field: 'sex',
      inFile: file.sex === 'unknown' ? undefined : file.sex,
      inRegistry: patient.sex === 'unknown' ? '' : patient.sex,
      same: file.sex === patient.sex,
    },
    {
      field: 'birth-date',
      inFile: file.birthDate,
      inRegistry: patient.birthDate ?? '',
      same: file.birthDate === patient.birthDate,
    },
  ]
  return pairs.flatMap(({ field, inFile, inRegistry, same }) =>
    inFile === undefined || inFile === '' || inRegistry === '' || same ? [] : [{ field, inFile, inRegistry }],
  )
}

function nameKey(name: string | undefined): string {
  return (name ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s^,.=]+/)
    .filter(Boolean)
    .sort()
    .join(' ')
}

const idKey = (id: string | undefined): string =>
  (id ?? '')
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
