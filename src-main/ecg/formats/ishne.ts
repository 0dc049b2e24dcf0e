import type { FilePatient, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgChannel, EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { binaryView, type BinaryView } from './binary-view.ts'
import { crcCcitt } from './crc-ccitt.ts'
import { isoDate, isoDateTime, isoTime } from './dates.ts'
import { checkSampleCount } from './limits.ts'

const MAGIC = 'ISHNE1.0'
const HEADER_BYTES = 522
const MAX_LEADS = 12

/**
 * ISHNE Holter standard output file 1.0: a fixed header of 522 bytes, a block of free text, 16-bit samples by instant.
 *
 * @see Badilini F, The ISHNE Holter standard output file format, Ann Noninvasive Electrocardiol 1998;3:263–266
 */
export const ishne: EcgFormat = {
  id: 'ishne',

  detect: (head) => Buffer.from(head.subarray(0, MAGIC.length)).toString('latin1') === MAGIC,

  read(main) {
    const header = binaryView(main.subarray(0, HEADER_BYTES), 'The ISHNE header')
    header.bytes(0, HEADER_BYTES)
    const warnings: Warning[] = []
    const leads = leadsOf(header)
    const samples = sampleBlock(main, header, leads.length, warnings)
    checkCrc(main, header, warnings)
    return assembleRecording({
      format: this.id,
      rateHz: header.i16(272),
      channels: leads.map(({ name, millivoltsPerUnit }, lead) => channelOf(samples, lead, leads.length, name, millivoltsPerUnit)), // prettier-ignore
      units: `resolution ${[...new Set(leads.map(({ nanovolts }) => nanovolts))].join(', ')} nV/unit in the header`,
      rateSource: 'in the ISHNE header',
      leadSource: 'lead codes in the ISHNE header',
      device: header.text(232, 40) || undefined,
      patient: patientOf(header),
      startTime: isoDateTime(dateAt(header, 138), isoTime(header.i16(150), header.i16(152), header.i16(154))),
      warnings,
    })
  },
}

/** @throws AppError `format/malformed`, `format/units-unknown` */
function leadsOf(header: BinaryView): { name: string; nanovolts: number; millivoltsPerUnit: number }[] {
  const count = header.i16(156)
  if (count < 1 || count > MAX_LEADS) {
    throw new AppError(
      'format/malformed',
      `The ISHNE header declares ${count} leads; the format has 1 to ${MAX_LEADS}. Export the recording again.`,
    )
  }
  return Array.from({ length: count }, (_, lead) => {
    const code = header.i16(158 + 2 * lead)
    const nanovolts = header.i16(206 + 2 * lead)
    const name = LEAD_CODES[code] ?? `lead code ${code}`
    if (nanovolts <= 0) {
      throw new AppError(
        'format/units-unknown',
        `The ISHNE header states a resolution of ${nanovolts} nV for ${name}. Export the recording with its amplitude resolution.`,
      )
    }
    return { name, nanovolts, millivoltsPerUnit: nanovolts * 1e-6 }
  })
}

/** Table of lead specifications of the standard; 17–19 are the EASI leads. */
const LEAD_CODES: readonly (string | undefined)[] = [
  'unknown', 'bipolar', 'X', 'Y', 'Z', 'I', 'II', 'III', 'aVR', 'aVL', 'aVF',
  'V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'ES', 'AS', 'AI',
] // prettier-ignore

interface SampleBlock {
  view: BinaryView
  start: number
  sampleCount: number
}

/** @throws AppError `format/truncated`, `format/malformed`, `format/too-large` */
function sampleBlock(main: Uint8Array, header: BinaryView, leadCount: number, warnings: Warning[]): SampleBlock {
  const declared = header.i32(14)
  const start = header.i32(22)
  if (declared < 0 || start < HEADER_BYTES) {
    throw new AppError(
      'format/malformed',
      `The ISHNE header declares ${declared} samples from byte ${start} on. Export the recording again.`,
    )
  }
  const present = Math.floor(Math.max(0, main.length - start) / (2 * leadCount))
  const sampleCount = Math.min(declared, present)
  checkSampleCount(leadCount, sampleCount)
  if (sampleCount === 0) {
    throw new AppError(
      'format/truncated',
      `The ISHNE file declares ${declared} samples in each lead and holds none. Copy or export it again.`,
    )
  }
  if (present < declared) {
    warnings.push({
      code: 'ishne/truncated',
      message: `The ISHNE file declares ${declared} samples in each lead and holds ${present}: it was cut off, and only its beginning was read.`,
    })
  }
  return { view: binaryView(main, 'The ISHNE file'), start, sampleCount }
}

function channelOf(
  { view, start, sampleCount }: SampleBlock,
  lead: number,
  leadCount: number,
  name: string,
  millivoltsPerUnit: number,
): EcgChannel {
  const samplesMv = new Float32Array(sampleCount)
  for (let t = 0; t < sampleCount; t++) samplesMv[t] = view.i16(start + 2 * (t * leadCount + lead)) * millivoltsPerUnit
  return { name, samplesMv, stepMv: millivoltsPerUnit }
}

/** The checksum covers what stands between itself and the samples: fixed header and free text. */
function checkCrc(main: Uint8Array, header: BinaryView, warnings: Warning[]): void {
  const stated = header.u16(8)
  const found = crcCcitt(main.subarray(10, Math.min(main.length, Math.max(HEADER_BYTES, header.i32(22)))))
  if (stated === found) return
  warnings.push({
    code: 'ishne/checksum',
    message: 'The checksum of the ISHNE header does not fit: patient, leads or rate may have been changed or damaged.',
  })
}

function patientOf(header: BinaryView): { [K in keyof FilePatient]?: FilePatient[K] | undefined } {
  const names = [header.text(68, 40), header.text(28, 40)].filter((name) => name !== '' && name !== 'none')
  return {
    id: header.text(108, 20) || undefined,
    name: names.join(', ') || undefined,
    sex: ({ 1: 'male', 2: 'female' } as const)[header.i16(128)],
    birthDate: dateAt(header, 132),
  }
}

/** Day, month and year; writers put −9 where they have none. */
const dateAt = (header: BinaryView, at: number): string | undefined =>
  isoDate(header.i16(at + 4), header.i16(at + 2), header.i16(at))
