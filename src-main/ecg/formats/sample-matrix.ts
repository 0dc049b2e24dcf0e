import { AppError } from '../../../src-preload/contract/errors.ts'
import { NO_LEAD } from '../../../src-preload/contract/constants.ts'
import type { EcgChannel, GivenAnswer } from '../recording.ts'
import { answeredStepMv, unitsStatedByUser } from './answer.ts'
import { checkSampleCount } from './limits.ts'
import { printable } from './text.ts'
import { millivoltsPer } from './units.ts'

/** A table of numbers that is left in the file's bytes until it is read. */
export interface SampleMatrix {
  rows: number
  columns: number
  /** No bounds are checked here. */
  at(row: number, column: number): number
}

/** What a bare matrix does not say by itself. */
export interface MatrixMeaning {
  rateHz: number | undefined
  /** Unit of voltage as it was stated. */
  unit: string | undefined
  /** Steps for one `unit` (for one mV where no unit is stated), for all leads or one for each. */
  gain?: readonly number[] | undefined
  leads: readonly string[] | undefined
  /** What the user states goes before what the file states. */
  answer?: GivenAnswer | undefined
}

export interface MatrixChannels {
  rateHz: number
  channels: EcgChannel[]
  units: string
}

/**
 * Channels of a matrix whose rows or columns are the leads.
 *
 * @param where  how the file states such things, for the sentence of a refusal
 * @throws AppError `format/rate-unknown`, `format/units-unknown`, `format/columns-unnamed`, `format/too-large`,
 *   `format/lead-count`
 */
export function matrixChannels(matrix: SampleMatrix, meaning: MatrixMeaning, where: string): MatrixChannels {
  const { answer } = meaning
  const rateHz = answer?.rateHz ?? meaning.rateHz
  const leads = answer?.leads ?? meaning.leads
  if (rateHz === undefined || !(rateHz > 0)) {
    throw new AppError('format/rate-unknown', `The sampling rate is not stated. ${where}`)
  }
  const scale = answer?.unit === undefined ? scaleOf(meaning, where) : () => answeredStepMv(answer)!
  if (!leads || leads.length === 0) {
    throw new AppError('format/columns-unnamed', `The file does not say which row or column is which lead. ${where}`)
  }
  if (answer?.unit === undefined) checkGainCount(meaning.gain, leads.length, where)
  const [across, along] = [matrix.columns === leads.length, matrix.rows === leads.length]
  if (across === along) {
    throw new AppError(
      'format/lead-count',
      `The matrix is ${matrix.rows} by ${matrix.columns} and ${leads.length} leads are named: ${across ? 'rows and columns fit both' : 'neither fits'}. ${where}`,
    )
  }
  const sampleCount = across ? matrix.rows : matrix.columns
  checkSampleCount(leads.length, sampleCount)
  const channels = leads.flatMap((name, lead) => {
    if (answer?.leads && name === NO_LEAD) return []
    const millivolts = scale(lead)
    const samplesMv = new Float32Array(sampleCount)
    for (let t = 0; t < sampleCount; t++) samplesMv[t] = (across ? matrix.at(t, lead) : matrix.at(lead, t)) * millivolts
    return { name, samplesMv, stepMv: millivolts }
  })
  const units = answer?.unit === undefined ? unitsSentence(meaning) : unitsStatedByUser(answer)
  return { rateHz, channels, units }
}

function checkGainCount(gain: readonly number[] | undefined, leads: number, where: string): void {
  if (!gain || gain.length <= 1 || gain.length === leads) return
  throw new AppError('format/units-unknown', `There are ${gain.length} gains for ${leads} leads. ${where}`)
}

/** Below this a “gain” is taken for its inverse (mV for one step), and asked about. */
const LEAST_GAIN = 1

function scaleOf({ unit, gain }: MatrixMeaning, where: string): (lead: number) => number {
  const unitMv = unit === undefined && gain ? 1 : millivoltsPer(unit ?? '')
  if (unitMv === undefined) {
    const found = unit === undefined ? 'No unit is stated' : `The unit is stated as “${printable(unit, 20)}”`
    throw new AppError('format/units-unknown', `${found}; mV or µV is needed. ${where}`)
  }
  if (gain?.some((each) => !(each >= LEAST_GAIN && Number.isFinite(each)))) {
    throw new AppError(
      'format/units-unknown',
      `The gain is stated as ${gain.slice(0, 3).join(', ')}; it must be the number of steps for one ${printable(unit ?? 'mV', 20)}, such as 200. ${where}`,
    )
  }
  return (lead) => unitMv / (gain?.[lead] ?? gain?.[0] ?? 1)
}

function unitsSentence({ unit, gain }: MatrixMeaning): string {
  const name = printable(unit ?? 'mV', 20)
  return gain ? `gain ${[...new Set(gain)].slice(0, 4).join(', ')} steps/${name} as stated` : `${name} as stated`
}
