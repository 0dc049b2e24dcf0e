import { describe, expect, it } from 'vitest'
import { findDuplicates } from '../../src-main/registry/search/find-duplicates.ts'
import { keepApart } from '../../src-main/registry/search/keep-apart.ts'
import { differsByAtMost, isAlike, nameForms } from '../../src-main/registry/search/likeness.ts'
import { mergePatients } from '../../src-main/registry/tables/merges.ts'
import { createPatient, type PatientFields } from '../../src-main/registry/tables/patients.ts'
import { newWorkspace, patientFields } from './support.ts'

describe('likely duplicates', () => {
  it('are patients with one name whose birth dates do not contradict each other, and nobody else', async () => {
    const { registry, by, access } = await newWorkspace()
    const add = (localId: string, name: string, birthDate: string | null) =>
      registry.change(by, (change) => createPatient(change, patientFields({ localId, name, birthDate }))).id
    const pairs = (): string[][] =>
      findDuplicates(registry.db).map(({ firstId, secondId }) => [firstId, secondId].sort())
    const first = add('1', 'Ada Elm', '1960-01-01')
    const same = add('2', 'ADA  ELM', '1960-01-01')
    const undated = add('3', 'ada elm', null)
    add('4', 'Ada Elm', '1961-01-01')
    add('5', 'Ida Oak', '1960-01-01')
    expect(pairs()).toContainEqual([first, same].sort())
    expect(pairs()).toContainEqual([first, undated].sort())
    expect(findDuplicates(registry.db)[0]).toMatchObject({ firstId: first, secondId: same, reasons: ['same-name', 'same-birth-date'] }) // prettier-ignore
    // The one with another date goes with the undated one only, and the other name with nobody.
    expect(pairs()).toHaveLength(4)

    registry.change(by, (change) => keepApart(change, same, first))
    expect(pairs()).not.toContainEqual([first, same].sort())
    const fields: PatientFields = patientFields({ localId: '1', name: 'Ada Elm', birthDate: '1960-01-01' })
    const merge = { keptId: first, absorbedId: undated, keptRevision: 1, fields, reason: 'one person' }
    registry.change(by, (change) => mergePatients(change, merge))
    expect(pairs().flat()).not.toContain(undated)
    access.close()
  })

  it('are found through pinyin, a slip of the pen, the order of names and the zeros of an ID', async () => {
    const { registry, by, access } = await newWorkspace()
    const people: Partial<PatientFields>[] = [
      { localId: 'A1', name: '欧阳小明', birthDate: '2004-02-29' },
      { localId: 'A2', name: 'Xiaoming OUYANG', birthDate: '2004-02-29' },
      { localId: 'B1', name: 'Catherine Smith', birthDate: '1950-05-05' },
      { localId: 'B2', name: 'Smith, Catherien', birthDate: '1950-05-05' },
      { localId: 'B3', name: 'Catherine Smith', birthDate: '1950-05-06' },
      { localId: '0001234', name: 'Nobody Else', birthDate: null },
      { localId: '1234', name: 'Someone', birthDate: '1970-01-01' },
      { localId: 'C1', name: 'Ann Li', birthDate: '1970-01-02' },
      { localId: 'C2', name: 'Ann Lu', birthDate: '1970-01-02' },
      { localId: 'D1', name: 'Robin Miller', birthDate: '1981-01-02', sex: 'female' },
      { localId: 'D2', name: 'Robyn Miller', birthDate: '1981-01-02', sex: 'male' },
    ]
    for (const one of people) registry.change(by, (change) => createPatient(change, patientFields(one)))
    const idOf = new Map(
      (registry.db.prepare('SELECT id, local_id FROM patient').all() as { id: string; local_id: string }[]).map(
        (row) => [row.id, row.local_id],
      ),
    )
    const found = findDuplicates(registry.db).map(({ firstId, secondId, reasons }) =>
      [idOf.get(firstId), idOf.get(secondId), ...reasons].join(' '),
    )
    expect(found.sort()).toEqual([
      '0001234 1234 similar-id',
      'A1 A2 similar-name same-birth-date',
      'B1 B2 similar-name same-birth-date',
    ])
    access.close()
  })
})

describe('two names', () => {
  it.each([
    ['吕布', 'Lu Bu', true],
    ['单雄信', 'Shan Xiongxin', true],
    ['O’Brien, Pat', 'Pat OBrien', true],
    ['王小明', '王晓明', true],
    ['Zhang Wei', 'Zhang Mei', true],
    ['Li Na', 'Li Ma', false],
    ['Wang Xiaoming', 'Wang Xiaohong', false],
    ['😀', '🙃', false],
  ])('%s and %s: alike %s', (one, other, alike) => {
    expect(isAlike(nameForms(one), nameForms(other))).toBe(alike)
  })

  it('differ by as many slips as it takes to make one of the other', () => {
    expect(differsByAtMost('kitten', 'sitten', 1)).toBe(true)
    expect(differsByAtMost('kitten', 'sitting', 2)).toBe(false)
    expect(differsByAtMost('kitten', 'sitting', 3)).toBe(true)
    expect(differsByAtMost('catherine', 'catherien', 1)).toBe(true)
    expect(differsByAtMost('abc', '', 2)).toBe(false)
  })
})
