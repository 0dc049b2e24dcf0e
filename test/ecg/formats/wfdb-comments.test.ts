import { describe, expect, it } from 'vitest'
import { patientOfComments } from '../../../src-main/ecg/formats/wfdb/comments.ts'
import { startTimeOf } from '../../../src-main/ecg/formats/wfdb/start-time.ts'

describe('header comments', () => {
  it.each([
    [['Age: 78', 'Sex: Male'], { ageYears: 78, sex: 'male' }],
    [['<age>: 25  <sex>: M  <diagnoses>: (none)'], { ageYears: 25, sex: 'male' }],
    [['Age: NaN', 'Sex: Unknown'], { ageYears: undefined, sex: undefined }],
    [['Smoker: no', 'Dosage: 30 mg', 'Stage: 3'], { ageYears: undefined, sex: undefined }],
  ])('%j', (comments, patient) => expect(patientOfComments(comments)).toEqual(patient))
})

describe('the start of a record', () => {
  it('puts the day first, as WFDB does', () => expect(startTimeOf('9:5:07', '1/12/2020')).toBe('2020-12-01T09:05:07'))
  it('is left out where the fields are no time', () => {
    expect(startTimeOf('0:01', undefined)).toBeUndefined()
    expect(startTimeOf('25:00:00', '01/01/2020')).toBeUndefined()
    expect(startTimeOf(undefined, '01/01/2020')).toBeUndefined()
  })
})
