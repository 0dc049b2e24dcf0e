import { text, type DicomElements } from '../../dicom/encode.ts'
import type { WritableRecording } from './writer.ts'

/** Patient, study and equipment of a recording; attributes that must be there but are not known are empty (type 2). */
export function identityElements({ patient, startTime, device }: WritableRecording): DicomElements {
  const [, date = '', time = ''] = /^(\d{4}-\d{2}-\d{2})?T?(\d{2}:\d{2}:\d{2})?/.exec(startTime ?? '') ?? []
  const [day, clock] = [date.replaceAll('-', ''), time.replaceAll(':', '')]
  return {
    0x00080020: text('DA', day),
    0x00080023: text('DA', day),
    ...(day !== '' && { 0x0008002a: text('DT', `${day}${clock}`) }),
    0x00080030: text('TM', clock),
    0x00080033: text('TM', clock),
    0x00080050: text('SH', ''),
    0x00080070: text('LO', limited(device)),
    0x00080090: text('PN', ''),
    0x00100010: text('PN', limited(patient?.name)),
    0x00100020: text('LO', limited(patient?.id)),
    0x00100030: text('DA', (patient?.birthDate ?? '').replaceAll('-', '')),
    0x00100040: text('CS', { female: 'F', male: 'M', other: 'O', unknown: '' }[patient?.sex ?? 'unknown']),
    ...(patient?.ageYears !== undefined && { 0x00101010: text('AS', ageString(patient.ageYears)) }),
    0x00200010: text('SH', ''),
  }
}

/** LO and each part of a PN hold 64 characters, without controls and without the backslash that divides values. */
const limited = (value: string | undefined): string => (value ?? '').replace(/[\p{Cc}\\]/gu, ' ').slice(0, 64)

/** Whole years; months below two years. */
function ageString(years: number): string {
  const [count, unit] = years < 2 ? [years * 12, 'M'] : [years, 'Y']
  return `${String(Math.min(999, Math.floor(count + 1e-6))).padStart(3, '0')}${unit}`
}
