import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkChannelCount } from '../limits.ts'
import { printable } from '../text.ts'

/** One signal of an EDF or BDF header. */
export interface EdfSignal {
  label: string
  unit: string
  physicalMinimum: number
  physicalMaximum: number
  digitalMinimum: number
  digitalMaximum: number
  samplesPerRecord: number
  /** Bytes of this signal from the start of each data record. */
  byteOffset: number
  isAnnotations: boolean
}

export interface EdfHeader {
  kind: 'EDF' | 'BDF'
  /** 2 for EDF, 3 for BDF. */
  bytesPerSample: 2 | 3
  patient: string
  recording: string
  startDate: string
  startTime: string
  headerBytes: number
  /** Empty for plain EDF, else `EDF+C`, `EDF+D`, `BDF+C` or `BDF+D`. */
  plus: string
  /** −1 in a file whose writer was stopped early. */
  recordCount: number
  recordDurationS: number
  recordBytes: number
  signals: readonly EdfSignal[]
}

/** Bytes of one signal's fields in header order (EDF specification, 1992): label, transducer, … reserved. */
const FIELD_BYTES = [16, 80, 8, 8, 8, 8, 8, 80, 8, 32] as const

export function edfKind(head: Uint8Array): 'EDF' | 'BDF' | undefined {
  const version = ascii(head, 0, 8)
  if (version === '\xffBIOSEMI') return 'BDF'
  if (version !== '0       ') return undefined
  // A fixed header holds no line end; a table that begins with a zero does.
  return /[\r\n]/.test(ascii(head, 0, Math.min(256, head.length))) ? undefined : 'EDF'
}

/**
 * Parses the header of an EDF, EDF+ or BDF file.
 *
 * @see https://www.edfplus.info/specs/ (EDF, EDF+), https://www.biosemi.com/faq/file_format.htm (BDF)
 * @throws AppError `format/truncated`, `format/malformed`, `format/no-signals`, `format/too-large`
 */
export function parseEdfHeader(main: Uint8Array): EdfHeader {
  const kind = edfKind(main) ?? 'EDF'
  if (main.length < 256) throw truncated(kind, main.length, 256)
  const bytesPerSample = kind === 'BDF' ? 3 : 2
  const signalCount = wholeNumber(ascii(main, 252, 4), 'number of signals', kind)
  if (signalCount === 0) throw new AppError('format/no-signals', `The ${kind} header declares no signals.`)
  checkChannelCount(signalCount)
  const headerBytes = 256 * (signalCount + 1)
  if (main.length < headerBytes) throw truncated(kind, main.length, headerBytes)
  const signals = parseSignals(main, signalCount, kind, bytesPerSample)
  return {
    kind,
    bytesPerSample,
    patient: text(main, 8, 80),
    recording: text(main, 88, 80),
    startDate: text(main, 168, 8),
    startTime: text(main, 176, 8),
    headerBytes,
    plus: /^(?:EDF|BDF)\+[CD]/.exec(ascii(main, 192, 44))?.[0] ?? '',
    recordCount: wholeNumber(ascii(main, 236, 8), 'number of data records', kind, -1),
    recordDurationS: decimal(ascii(main, 244, 8)),
    recordBytes: signals.reduce((sum, { samplesPerRecord }) => sum + samplesPerRecord * bytesPerSample, 0),
    signals,
  }
}

function parseSignals(main: Uint8Array, count: number, kind: 'EDF' | 'BDF', bytesPerSample: number): EdfSignal[] {
  let at = 256
  const [labels, , units, physicalMinima, physicalMaxima, digitalMinima, digitalMaxima, , samples] = FIELD_BYTES.map(
    (width) => Array.from({ length: count }, () => ascii(main, (at += width) - width, width).trim()),
  ) as string[][]
  let byteOffset = 0
  return labels!.map((label, index) => {
    const samplesPerRecord = wholeNumber(samples![index]!, `samples per record of ${printable(label)}`, kind)
    const signal: EdfSignal = {
      label: decodeLatin(label),
      unit: decodeLatin(units![index]!),
      physicalMinimum: decimal(physicalMinima![index]!),
      physicalMaximum: decimal(physicalMaxima![index]!),
      digitalMinimum: decimal(digitalMinima![index]!),
      digitalMaximum: decimal(digitalMaxima![index]!),
      samplesPerRecord,
      byteOffset,
      isAnnotations: label === `${kind} Annotations`,
    }
    byteOffset += samplesPerRecord * bytesPerSample
    return signal
  })
}

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')

/** The standards allow ASCII only; writers put `µ` and names with accents there all the same, as UTF-8 or Latin-1. */
function decodeLatin(latin: string): string {
  const bytes = Buffer.from(latin, 'latin1')
  const utf8 = bytes.toString('utf8')
  return (utf8.includes('\ufffd') ? latin : utf8).replaceAll('\0', ' ').trim()
}

const text = (bytes: Uint8Array, at: number, length: number): string => decodeLatin(ascii(bytes, at, length))

function wholeNumber(field: string, what: string, kind: string, least = 0): number {
  const digits = field.trim()
  if (!/^-?\d{1,8}$/.test(digits) || Number(digits) < least) {
    throw new AppError(
      'format/malformed',
      `The ${kind} header gives “${printable(digits)}” as ${what}. The file is damaged; export it again.`,
    )
  }
  return Number(digits)
}

/** NaN where the field holds no number. Some writers use a decimal comma. */
function decimal(field: string): number {
  const digits = field.trim().replace(',', '.')
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?$/.test(digits) ? Number(digits) : NaN
}

const truncated = (kind: string, found: number, needed: number): AppError =>
  new AppError(
    'format/truncated',
    `The ${kind} file ends after ${found} bytes, within its header of ${needed}. Copy or export it again.`,
  )
