import { expect, it } from 'vitest'
import { findDuplicates, keepApart } from '../../src-main/registry/search/find-duplicates.ts'
import { likelyDuplicates, mergePatients } from '../../src-main/registry/tables/merges.ts'
import { createPatient, type PatientFields } from '../../src-main/registry/tables/patients.ts'
import { newWorkspace, patientFields } from './support.ts'

it('proposes patients with one name whose birth dates do not contradict each other, and nobody else', async () => {
  const { registry, by } = await newWorkspace()
  const add = (localId: string, name: string, birthDate: string | null) =>
    registry.change(by, (change) => createPatient(change, patientFields({ localId, name, birthDate }))).id
  const pairs = (): string[][] => findDuplicates(registry.db).map(({ firstId, secondId }) => [firstId, secondId].sort())
  const first = add('1', 'Ada Elm', '1960-01-01')
  const same = add('2', 'ADA  ELM', '1960-01-01')
  const undated = add('3', 'ada elm', null)
  add('4', 'Ada Elm', '1961-01-01')
  add('5', 'Ada Elms', '1960-01-01')
  expect(pairs()).toContainEqual([first, same].sort())
  expect(pairs()).toContainEqual([first, undated].sort())
  const reasons = findDuplicates(registry.db).find(({ firstId, secondId }) => new Set<string>([firstId, secondId, first, same]).size === 2) // prettier-ignore
  expect(reasons?.reasons).toEqual(['same-name', 'same-birth-date'])
  // The one with another date goes with the undated one only, and the other name with nobody.
  expect(pairs()).toHaveLength(4)
  expect(likelyDuplicates(registry.db, first).map(({ id }) => id)).toContain(same)

  registry.change(by, (change) => keepApart(change, first, same))
  expect(pairs()).not.toContainEqual([first, same].sort())
  const fields: PatientFields = patientFields({ localId: '1', name: 'Ada Elm', birthDate: '1960-01-01' })
  const merge = { keptId: first, absorbedId: undated, keptRevision: 1, fields, reason: 'one person' }
  registry.change(by, (change) => mergePatients(change, merge))
  expect(pairs().flat()).not.toContain(undated)
})
