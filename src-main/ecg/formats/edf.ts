import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { standardLead } from '../lead-names.ts'
import type { EcgFormat, GivenAnswer } from '../recording.ts'
import { answeredOf, answeredStepMv, unitsStatedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { deviceOf, patientOf, startTimeOf } from './edf/description.ts'
import { edfKind, parseEdfHeader, type EdfHeader, type EdfSignal } from './edf/header.ts'
import { decodeSignal, placeRecords } from './edf/records.ts'
import { printable } from './text.ts'
import { millivoltsPer } from './units.ts'

/** European Data Format, EDF+ (continuous and interrupted) and BioSemi’s 24-bit BDF and BDF+. */
export const edf: EcgFormat = {
  id: 'edf',

  detect: (head) => edfKind(head) !== undefined,

  read(main, _companion, answer) {
    const header = parseEdfHeader(main)
    const warnings: Warning[] = []
    const signals = ofOneRate(voltages(answeredHeader(header, answer), warnings), warnings)
    const records = placeRecords(main, header, warnings)
    return assembleRecording({
      format: this.id,
      rateHz: tidyRate(signals[0]!.samplesPerRecord / records.durationS),
      channels: signals.map((signal) => ({
        name: signal.label,
        samplesMv: decodeSignal(main, header, signal, records, millivoltsPer(signal.unit)!),
        stepMv: stepMvOf(signal),
      })),
      units: answer?.unit === undefined ? unitsSentence(header, signals) : unitsStatedByUser(answer),
      rateSource: `samples per data record in the ${header.kind} header`,
      leadSource: `signal labels in the ${header.kind} header`,
      answered: answeredOf(answer, ['units']),
      device: deviceOf(header),
      patient: patientOf(header),
      startTime: startTimeOf(header),
      warnings,
    })
  },
}

/** The header with the user's scale for every signal: its stored numbers count from zero. */
function answeredHeader(header: EdfHeader, answer: GivenAnswer | undefined): EdfHeader {
  const stepMv = answeredStepMv(answer)
  if (stepMv === undefined) return header
  const scale = { unit: 'mV', physicalMinimum: 0, physicalMaximum: stepMv, digitalMinimum: 0, digitalMaximum: 1 }
  return { ...header, signals: header.signals.map((signal) => ({ ...signal, ...scale })) }
}

/**
 * Signals whose physical dimension is a voltage. Annotations are no signals; others are left out and named.
 *
 * @throws AppError `format/no-signals`; `format/units-unknown` where a standard lead has no known unit or range;
 *   `format/units-implausible`
 */
function voltages({ kind, signals }: EdfHeader, warnings: Warning[]): EdfSignal[] {
  const measured = signals.filter(({ isAnnotations, samplesPerRecord }) => !isAnnotations && samplesPerRecord > 0)
  const unscaled = measured.filter((signal) => millivoltsPer(signal.unit) === undefined || !hasScale(signal))
  const lead = unscaled.find(({ label }) => standardLead(label))
  if (lead) {
    throw new AppError(
      'format/units-unknown',
      `The ${kind} header gives ${printable(lead.label)} the unit “${printable(lead.unit)}” and the range ` +
        `${lead.physicalMinimum} to ${lead.physicalMaximum} for ${lead.digitalMinimum} to ${lead.digitalMaximum}; ` +
        'a unit of mV or µV and two ranges are needed. Export the file again.',
    )
  }
  if (unscaled.length === measured.length) {
    throw new AppError('format/no-signals', `The ${kind} file holds no signal in mV or µV.`)
  }
  if (unscaled.length > 0) {
    const list = unscaled.map(({ label, unit }) => `${printable(label)} (${printable(unit) || 'no unit'})`)
    warnings.push({ code: 'ecg/channel-skipped', message: `Not voltages, so left out: ${list.join(', ')}.` })
  }
  const voltages = measured.filter((signal) => !unscaled.includes(signal))
  requireCredibleRange(kind, voltages)
  return voltages
}

/**
 * Electrocardiographs resolve 5 µV (IEC 60601-2-25) and swing over some hundred mV at most. A range of volts in coarser
 * steps is a placeholder: Contec’s carts write ±1000 mV, six times what they measured, which still looks like a heart.
 */
const PLACEHOLDER_RANGE_MV = 1000
const PLACEHOLDER_STEP_MV = 0.02

/** @throws AppError `format/units-implausible` */
function requireCredibleRange(kind: string, signals: readonly EdfSignal[]): void {
  for (const signal of signals) {
    const { label, unit, physicalMinimum, physicalMaximum } = signal
    const rangeMv = Math.abs(physicalMaximum - physicalMinimum) * millivoltsPer(unit)!
    const stepMv = Math.abs(stepMvOf(signal))
    if (!standardLead(label) || rangeMv <= PLACEHOLDER_RANGE_MV || stepMv <= PLACEHOLDER_STEP_MV) continue
    throw new AppError(
      'format/units-implausible',
      `The ${kind} header gives ${printable(label)} a range of ${physicalMinimum} to ${physicalMaximum} ${printable(unit, 20)} ` +
        `in steps of ${Number((stepMv * 1000).toPrecision(3))} µV, as no electrocardiograph measures: the gain is wrong. ` +
        'Export the recording as SCP-ECG or CSV, or correct the range in the header.',
    )
  }
}

const stepMvOf = ({ unit, physicalMinimum, physicalMaximum, digitalMinimum, digitalMaximum }: EdfSignal): number =>
  ((physicalMaximum - physicalMinimum) / (digitalMaximum - digitalMinimum)) * millivoltsPer(unit)!

function hasScale({ physicalMinimum, physicalMaximum, digitalMinimum, digitalMaximum }: EdfSignal): boolean {
  const ranges = [physicalMaximum - physicalMinimum, digitalMaximum - digitalMinimum]
  return ranges.every((range) => Number.isFinite(range) && range !== 0)
}

/** A recording has one rate: that of most standard leads, then of most signals. The others are left out and named. */
function ofOneRate(signals: readonly EdfSignal[], warnings: Warning[]): EdfSignal[] {
  const votes = new Map<number, number>()
  for (const { label, samplesPerRecord } of signals) {
    votes.set(samplesPerRecord, (votes.get(samplesPerRecord) ?? 0) + (standardLead(label) ? 1000 : 1))
  }
  const chosen = [...votes].sort((a, b) => b[1] - a[1])[0]![0]
  const others = signals.filter(({ samplesPerRecord }) => samplesPerRecord !== chosen)
  if (others.length > 0) {
    warnings.push({
      code: 'ecg/channel-skipped',
      message: `Sampled at another rate, so left out: ${others.map(({ label }) => printable(label)).join(', ')}.`,
    })
  }
  return signals.filter(({ samplesPerRecord }) => samplesPerRecord === chosen)
}

/** Eight characters of record duration leave a rate such as 1/0.00125 or 256/0.999996 with a rounding error. */
function tidyRate(rateHz: number): number {
  const whole = Math.round(rateHz)
  return Math.abs(rateHz - whole) < 1e-6 * rateHz ? whole : rateHz
}

function unitsSentence({ kind }: EdfHeader, signals: readonly EdfSignal[]): string {
  const scales = new Set(
    signals.map(
      ({ unit, physicalMinimum, physicalMaximum, digitalMinimum, digitalMaximum }) =>
        `${physicalMinimum} to ${physicalMaximum} ${printable(unit, 20)} for ${digitalMinimum} to ${digitalMaximum}`,
    ),
  )
  const [first, ...rest] = scales
  return `${first}${rest.length > 0 ? ` and ${rest.length} other ranges` : ''} in the ${kind} header`
}
