import { describe, expect, it } from 'vitest'
import { choosePatient } from '../../../src-main/app/batch/choose-patient.ts'
import { createPatient } from '../../../src-main/registry/tables/patients.ts'
import { newWorkspace, patientFields } from '../../registry/support.ts'

const person = { id: 'A-1', name: 'WANG^XIAOMING', birthDate: '1980-02-03', sex: 'male' } as const

async function registryWith(...patients: Parameters<typeof patientFields>[0][]) {
  const { registry, by } = await newWorkspace()
  const ids = patients.map((fields) => registry.change(by, (change) => createPatient(change, patientFields(fields)).id))
  return { db: registry.db, ids }
}

describe('whose recording it is', () => {
  const name = 'Wang Xiaoming'

  it('is the patient’s whose ID and identity the file names', async () => {
    const { db, ids } = await registryWith({ name })
    expect(choosePatient(db, 'match', null, person)).toEqual({ kind: 'known', patientId: ids[0] })
    expect(choosePatient(db, 'unassigned', null, person)).toEqual({ kind: 'nobody' })
  })

  it.each([
    ['another name', { ...person, name: 'Li^Na' }],
    ['another day of birth', { ...person, birthDate: '1980-03-02' }],
    ['another sex', { ...person, sex: 'female' as const }],
    ['another ID for the same name and day of birth', { ...person, id: 'B-7' }],
    ['no ID, but the same name and day of birth', { name: person.name, birthDate: person.birthDate }],
  ])('is asked where the file has %s', async (_, file) => {
    const { db, ids } = await registryWith({ name })
    expect(choosePatient(db, 'create', null, file)).toEqual({ kind: 'ask', patientId: ids[0] })
  })

  it('is a new patient’s only where the batch may make one, and the file names one wholly', async () => {
    const { db } = await registryWith()
    expect(choosePatient(db, 'match', null, person)).toEqual({ kind: 'nobody' })
    expect(choosePatient(db, 'create', null, person)).toMatchObject({ kind: 'new', fields: { localId: 'A-1' } })
    expect(choosePatient(db, 'create', null, { id: 'A-1' })).toEqual({ kind: 'nobody' })
  })

  it('is what the row of a table says, unless file or registry say otherwise', async () => {
    const { db, ids } = await registryWith({ name })
    const row = patientFields({ name })
    expect(choosePatient(db, 'match', row, undefined)).toEqual({ kind: 'known', patientId: ids[0] })
    expect(choosePatient(db, 'match', { ...row, name: 'Li Na' }, undefined)).toMatchObject({ kind: 'ask' })
    expect(choosePatient(db, 'match', row, { ...person, id: 'B-7' })).toMatchObject({ kind: 'ask' })
    const other = { ...row, localId: 'C-3' }
    expect(choosePatient(db, 'match', other, undefined)).toEqual({ kind: 'new', fields: other })
    expect(choosePatient(db, 'match', other, person)).toEqual({ kind: 'ask-new', fields: other })
  })
})
