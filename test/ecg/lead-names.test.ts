import { describe, expect, it } from 'vitest'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import { standardLead, standardLeadOfScpNumber } from '../../src-main/ecg/lead-names.ts'

describe('standard leads', () => {
  it.each([
    ['i', 'I'],
    ['AVR', 'aVR'],
    ['avf', 'aVF'],
    [' v6 ', 'V6'],
    ['Lead I (Einthoven)', 'I'],
    ['Lead aVR', 'aVR'],
    ['ECG II', 'II'],
    ['EKG I', 'I'],
    ['ECG-aVL', 'aVL'],
    ['ECG Lead V3', 'V3'],
    ['lead_v4', 'V4'],
    ['MDC_ECG_LEAD_aVL', 'aVL'],
    ['MDC_ECG_LEAD_III', 'III'],
    ['DIII', 'III'],
    ['aVF (Goldberger)', 'aVF'],
  ])('%s means %s', (name, lead) => expect(standardLead(name)).toEqual({ lead, inverted: false }))

  it.each(['-aVR', '−aVR', 'Lead -aVR', 'ECG -AVR', 'inverted aVR'])('%s is aVR upside down', (name) =>
    expect(standardLead(name)).toEqual({ lead: 'aVR', inverted: true }),
  )

  it.each(['ECG 1', 'MLII', 'V', 'V7', 'V3R', 'V10', 'aVRx', 'vx', 'IV', 'MCL1', 'Lead', '', 'I-II', 'RESP', 'V1-V2'])(
    '“%s” is none of the twelve',
    (name) => expect(standardLead(name)).toBeUndefined(),
  )

  it('follow the lead numbers of EN 1064, where III is 61 and V1 is 3', () => {
    expect([1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8].map(standardLeadOfScpNumber)).toEqual(LEAD_NAMES)
    expect(standardLeadOfScpNumber(9)).toBeUndefined()
  })
})
