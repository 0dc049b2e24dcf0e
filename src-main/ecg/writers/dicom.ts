import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import {
  code,
  decimal,
  encodeDicomFile,
  sequence,
  text,
  unsigned16,
  unsigned32,
  type DicomElements,
} from '../../dicom/encode.ts'
import { contentUuid, uidOf } from './content-id.ts'
import { identityElements } from './dicom-identity.ts'
import { MISSING, storedSteps } from './stored-steps.ts'
import type { EcgWriter, WritableRecording } from './writer.ts'

/** 12-lead ECG Waveform Storage holds 16,384 samples; longer recordings are General ECG Waveform Storage (PS3.3 A.34). */
const SOP_CLASSES = { twelveLead: '1.2.840.10008.5.1.4.1.1.9.1.1', general: '1.2.840.10008.5.1.4.1.1.9.1.2' }
const LONGEST_TWELVE_LEAD = 16_384
const RATES_HZ = [200, 1000] as const

/** Lead numbers of CID 3001 (ISO/IEEE 11073-10102). */
const MDC_NUMBERS: Readonly<Record<LeadName, number>> = {
  I: 1, II: 2, III: 61, aVR: 62, aVL: 63, aVF: 64, V1: 3, V2: 4, V3: 5, V4: 6, V5: 7, V6: 8,
} // prettier-ignore

/** DICOM waveform of the standard leads: 16-bit OW, one multiplex group, sensitivity in µV. */
export const dicomWriter: EcgWriter = {
  id: 'dicom',

  leftOut: ({ channels }) => channels.map(({ name }) => name).filter((name) => !isLead(name)),

  write(recording, stem) {
    const { rateHz } = recording
    if (rateHz < RATES_HZ[0] || rateHz > RATES_HZ[1]) {
      throw new AppError(
        'convert/rate',
        `A DICOM ECG has ${RATES_HZ[0]} to ${RATES_HZ[1]} Hz; the recording has ${Number(rateHz.toPrecision(6))} Hz. Convert to WFDB, aECG, CSV or NPY.`,
      )
    }
    const channels = recording.channels.filter(({ name }) => isLead(name))
    if (channels.length === 0)
      throw new AppError('convert/no-leads', 'The recording has no standard lead for a DICOM ECG.')
    const sampleCount = channels[0]!.samplesMv.length
    const sopClass = sampleCount <= LONGEST_TWELVE_LEAD ? SOP_CLASSES.twelveLead : SOP_CLASSES.general
    const elements: DicomElements = {
      0x00080005: text('CS', 'ISO_IR 192'),
      0x00080016: text('UI', sopClass),
      0x00080018: text('UI', uidOf(contentUuid(recording, 'dicom instance'))),
      0x00080060: text('CS', 'ECG'),
      0x0020000d: text('UI', uidOf(contentUuid(recording, 'dicom study'))),
      0x0020000e: text('UI', uidOf(contentUuid(recording, 'dicom series'))),
      0x00200011: text('IS', '1'),
      0x00200013: text('IS', '1'),
      0x00400555: sequence(),
      ...identityElements(recording),
      0x54000100: sequence(multiplexGroup({ ...recording, channels })),
    }
    return [{ name: `${stem}.dcm`, bytes: encodeDicomFile(elements) }]
  },
}

const isLead = (name: string): name is LeadName => (LEAD_NAMES as readonly string[]).includes(name)

function multiplexGroup({ rateHz, channels }: WritableRecording): DicomElements {
  const stored = channels.map((channel) => ({ name: channel.name as LeadName, ...storedSteps(channel) }))
  const sampleCount = stored[0]!.steps.length
  const data = Buffer.alloc(2 * stored.length * sampleCount)
  for (const [index, { steps }] of stored.entries()) {
    for (let t = 0; t < sampleCount; t++) data.writeInt16LE(steps[t]!, 2 * (t * stored.length + index))
  }
  const padding = Buffer.alloc(2)
  padding.writeInt16LE(MISSING)
  return {
    0x003a0004: text('CS', 'ORIGINAL'),
    0x003a0005: unsigned16(stored.length),
    0x003a0010: unsigned32(sampleCount),
    0x003a001a: decimal(rateHz),
    0x003a0020: text('SH', 'RHYTHM'),
    0x003a0200: sequence(...stored.map(({ name, stepMv }) => channelDefinition(name, stepMv))),
    0x54001004: unsigned16(16),
    0x54001006: text('CS', 'SS'),
    0x5400100a: { vr: 'OW', bytes: padding },
    0x54001010: { vr: 'OW', bytes: data },
  }
}

const channelDefinition = (name: LeadName, stepMv: number): DicomElements => ({
  0x003a0203: text('SH', name),
  0x003a0208: code(`2:${MDC_NUMBERS[name]}`, 'MDC', `Lead ${name}`),
  0x003a0210: decimal(stepMv * 1000),
  0x003a0211: code('uV', 'UCUM', 'microvolt'),
  0x003a0212: decimal(1),
  0x003a0213: decimal(0),
  0x003a0215: decimal(0),
  0x003a021a: unsigned16(16),
})
