import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Companion, EcgFormat, GivenAnswer } from '../recording.ts'
import { standardLead } from '../lead-names.ts'
import { answeredOf, unitsStatedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { allCompanions } from './companions.ts'
import { decodeHead, decodeText, printable } from './text.ts'
import { patientOfComments } from './wfdb/comments.ts'
import { requireCredibleGain } from './wfdb/credible-gain.ts'
import { looksLikeWfdbHeader, parseWfdbHeader, type WfdbHeader } from './wfdb/header.ts'
import { decodeSegments } from './wfdb/segments.ts'
import { DEFAULT_GAIN, decodeSignalFiles, type WfdbDecodedSignal } from './wfdb/signal-files.ts'
import { startTimeOf } from './wfdb/start-time.ts'

/** Frames per second of a record whose header states none (`WFDB_DEFFREQ`). */
const DEFAULT_FRAME_RATE_HZ = 250

/** PhysioNet's WaveForm DataBase: a text header that names one or more signal files. */
export const wfdb: EcgFormat = {
  id: 'wfdb',

  detect(head) {
    const text = decodeHead(head)
    return text !== undefined && looksLikeWfdbHeader(text)
  },

  read(main, companion, answer) {
    const header = parseWfdbHeader(decodeText(main))
    const adjust = (own: WfdbHeader): WfdbHeader => answeredHeader(own, answer)
    const decoded = header.segments
      ? decodeSegments(header, companion, adjust)
      : decodeRecord(adjust(header), companion)
    const warnings = [...conventionWarnings(header, decoded), ...decoded.warnings]
    const { signals, samplesPerFrame } = ofOneRate(decoded.signals, warnings)
    if (answer?.unit === undefined) requireCredibleGain(signals)
    return assembleRecording({
      format: this.id,
      rateHz: (decoded.frameRateHz ?? DEFAULT_FRAME_RATE_HZ) * samplesPerFrame,
      channels: signals,
      units: answer?.unit === undefined ? unitsSentence(decoded.headers) : unitsStatedByUser(answer),
      rateSource:
        decoded.frameRateHz === undefined
          ? `WFDB convention of ${DEFAULT_FRAME_RATE_HZ} Hz (no rate in the header)`
          : 'in the WFDB header',
      leadSource: 'signal names in the WFDB header',
      answered: answeredOf(answer, ['units']),
      patient: patientOfComments(header.comments),
      startTime: startTimeOf(header.baseTime, header.baseDate),
      warnings,
    })
  },

  companions(main) {
    const { segments, signals } = parseWfdbHeader(decodeText(main))
    const names = segments
      ? segments.filter(({ name }) => name !== '~').map(({ name }) => `${name}.hea`)
      : // Another header is no signal file: whoever names it is damaged, and must not hide that recording.
        signals.map(({ file }) => file).filter((name) => !/\.hea$/i.test(name))
    return [...new Set(names)].filter((name) => name !== NO_FILE)
  },
}

/** The header with the user's unit and gain for every signal; its baselines stay. */
function answeredHeader(header: WfdbHeader, answer: GivenAnswer | undefined): WfdbHeader {
  if (answer?.unit === undefined) return header
  const scale = { unit: answer.unit, gain: answer.gain ?? 1 }
  return { ...header, signals: header.signals.map((signal) => ({ ...signal, ...scale })) }
}

/** Stands for a file where there is none: in the layout segment of a multi-segment record. */
const NO_FILE = '~'

function decodeRecord(header: WfdbHeader, companion: Companion) {
  if (header.signals.every(({ file }) => file === NO_FILE)) {
    throw new AppError(
      'format/no-signals',
      'This header is only the layout of a multi-segment WFDB record. Open the record’s own header, which lists the segments.',
    )
  }
  const files = allCompanions(
    header.signals.map(({ file }) => file),
    companion,
  )
  return { ...decodeSignalFiles(header, files), headers: [header], frameRateHz: header.frameRateHz }
}

function conventionWarnings(
  header: WfdbHeader,
  { headers, frameRateHz }: { headers: readonly WfdbHeader[]; frameRateHz: number | undefined },
): Warning[] {
  const warnings: Warning[] = []
  if ([header, ...headers].some(({ endsWithLineEnd }) => !endsWithLineEnd)) {
    warnings.push({
      code: 'format/incomplete',
      message: 'The last line of the WFDB header has no line end: the header may be cut off.',
    })
  }
  if (frameRateHz === undefined) {
    warnings.push({
      code: 'wfdb/rate-default',
      message: `The header states no sampling rate; WFDB’s convention of ${DEFAULT_FRAME_RATE_HZ} Hz was used.`,
    })
  }
  const uncalibrated = [
    ...new Set(
      headers.flatMap(({ signals }) => signals.filter(({ gain }) => !gain).map((s) => printable(s.description))),
    ),
  ]
  if (uncalibrated.length > 0) {
    warnings.push({
      code: 'wfdb/gain-default',
      message: `The header states no gain for ${uncalibrated.join(', ')}; WFDB’s convention of ${DEFAULT_GAIN} ADC units per mV was used. Amplitudes may be wrong.`,
    })
  }
  return warnings
}

/** A recording has one rate: that of most standard leads, then of most signals. The others are left out and named. */
function ofOneRate(signals: readonly WfdbDecodedSignal[], warnings: Warning[]) {
  const rates = new Map<number, number>()
  for (const { name, samplesPerFrame } of signals) {
    rates.set(samplesPerFrame, (rates.get(samplesPerFrame) ?? 0) + (standardLead(name) ? 1000 : 1))
  }
  const samplesPerFrame = [...rates].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1
  const others = signals.filter((signal) => signal.samplesPerFrame !== samplesPerFrame)
  if (others.length > 0) {
    warnings.push({
      code: 'ecg/channel-skipped',
      message: `Sampled at another rate, so left out: ${others.map(({ name }) => printable(name)).join(', ')}.`,
    })
  }
  return { signals: signals.filter((signal) => signal.samplesPerFrame === samplesPerFrame), samplesPerFrame }
}

function unitsSentence(headers: readonly WfdbHeader[]): string {
  const gains = new Set(
    headers.flatMap(({ signals }) =>
      signals.map(({ gain, unit }) =>
        gain
          ? `gain ${gain} adu/${printable(unit ?? 'mV', 20)} in the header`
          : `WFDB convention of ${DEFAULT_GAIN} adu/mV (no gain in the header)`,
      ),
    ),
  )
  const [first, ...rest] = gains
  return rest.length > 3 ? `${first} and ${rest.length} others` : [first, ...rest].join('; ')
}
