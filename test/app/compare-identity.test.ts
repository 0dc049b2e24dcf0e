import { describe, expect, it } from 'vitest'
import { compareIdentity } from '../../src-main/app/recordings/compare-identity.ts'
import type { PatientLabel } from '../../src-preload/contract/index.ts'

const patient: PatientLabel = {
  id: '0198c6a0-0000-7000-8000-000000000001' as PatientLabel['id'],
  localId: '000123',
  name: 'Zhang Wei',
  sex: 'male',
  birthDate: '1960-02-03',
}

describe('the identity in a file beside a patient’s', () => {
  it('differs in nothing where it only is spelled otherwise, or is silent', () => {
    for (const name of ['ZHANG^WEI', 'Wei, Zhang', 'zhang  wei', 'Ｚｈａｎｇ Wei', undefined, '']) {
      expect(compareIdentity({ ...(name !== undefined && { name }) }, patient)).toEqual([])
    }
    expect(compareIdentity({ id: '123' }, patient)).toEqual([])
    expect(compareIdentity({ id: ' 0123 ' }, patient)).toEqual([])
    expect(compareIdentity({ sex: 'unknown' }, patient)).toEqual([])
    expect(compareIdentity({ birthDate: '1960-02-03' }, { ...patient, birthDate: null })).toEqual([])
    expect(compareIdentity({ sex: 'female' }, { ...patient, sex: 'unknown' })).toEqual([])
    expect(compareIdentity(undefined, patient)).toEqual([])
  })

  it('differs in each field by itself, and says both values', () => {
    const differing = (file: Parameters<typeof compareIdentity>[0]) => compareIdentity(file, patient)
    expect(differing({ name: 'Zhang Wen' })).toEqual([{ field: 'name', inFile: 'Zhang Wen', inRegistry: 'Zhang Wei' }])
    expect(differing({ id: '0124' })).toEqual([{ field: 'id', inFile: '0124', inRegistry: '000123' }])
    expect(differing({ sex: 'female' })).toEqual([{ field: 'sex', inFile: 'female', inRegistry: 'male' }])
    expect(differing({ birthDate: '1960-02-04' })).toMatchObject([{ field: 'birth-date', inFile: '1960-02-04' }])
    expect(differing({ name: 'X', id: '9', sex: 'female', birthDate: '1999-01-01' })).toHaveLength(4)
    // Zeros inside or behind belong to the id.
    expect(differing({ id: '1230' })).toHaveLength(1)
  })
})
