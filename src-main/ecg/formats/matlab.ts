import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { answeredOf, statedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { matlabVariables, type MatlabVariable } from './matlab/variables.ts'
import { isMatlab5 } from './matlab/elements.ts'
import { matrixChannels, type SampleMatrix } from './sample-matrix.ts'
import { printable } from './text.ts'

const WHERE =
  "Save the matrix together with variables such as fs = 500, unit = 'mV' (or gain, in steps for one mV) and leads = {'I', 'II', …}."

const RATE = /^(?:fs|rate(?:_?hz)?|sampl(?:e|ing)_?(?:rate|freq(?:uency)?)(?:_?hz)?|sfreq)$/i
const UNIT = /^units?$/i
const GAIN = /^gains?$/i
const LEADS = /^(?:leads?|lead_?names?|labels?|channels?|channel_?names?|sig_?names?)$/i
/** Customary names of the samples, where a file holds several matrices. */
const SAMPLES = /^(?:val|ecg|data|signals?|samples|x|p_signal)$/i

/** MATLAB files of version 5 (also 6 and 7, compressed): a matrix of samples beside variables that say what it means. */
export const matlab: EcgFormat = {
  id: 'matlab',

  detect: isMatlab5,

  read(main, _companion, answer) {
    const variables = matlabVariables(main)
    const matrix = samplesOf(variables)
    const named = (pattern: RegExp): MatlabVariable | undefined => variables.find(({ name }) => pattern.test(name))
    const { rateHz, channels, units } = matrixChannels(
      matrix,
      {
        rateHz: numbers(named(RATE))?.[0],
        unit: named(UNIT)?.texts?.[0],
        gain: numbers(named(GAIN)),
        leads: leadNames(named(LEADS)),
        answer,
      },
      WHERE,
    )
    return assembleRecording({
      format: this.id,
      rateHz,
      channels,
      units,
      rateSource: answer?.rateHz === undefined ? 'variable of the MATLAB file' : statedByUser(answer),
      leadSource: answer?.leads === undefined ? 'lead names in the MATLAB file' : statedByUser(answer),
      answered: answeredOf(answer, ['units', 'rate', 'leads']),
      warnings: [],
    })
  },
}

/** @throws AppError `format/no-signals`, `format/ambiguous` */
function samplesOf(variables: readonly MatlabVariable[]): SampleMatrix {
  const matrices = variables.filter(
    ({ name, matrix }) =>
      matrix && matrix.rows * matrix.columns > 1 && ![RATE, UNIT, GAIN, LEADS].some((known) => known.test(name)),
  )
  const [only, ...others] = matrices.length > 1 ? matrices.filter(({ name }) => SAMPLES.test(name)) : matrices
  if (only?.matrix && others.length === 0) return only.matrix
  const found = variables.map(({ name, kind }) => `${printable(name)} (${kind})`).slice(0, 12)
  if (matrices.length === 0) {
    throw new AppError(
      'format/no-signals',
      `The MATLAB file holds no matrix of numbers, but ${found.join(', ') || 'nothing'}. ${WHERE}`,
    )
  }
  throw new AppError(
    'format/ambiguous',
    `The MATLAB file holds several matrices (${found.join(', ')}), and which is the ECG is not clear. Name it “ecg”. ${WHERE}`,
  )
}

const MAX_LISTED = 1024

function numbers(variable: MatlabVariable | undefined): number[] | undefined {
  const matrix = variable?.matrix
  if (!matrix || matrix.rows * matrix.columns > MAX_LISTED) return undefined
  return Array.from({ length: matrix.rows * matrix.columns }, (_, index) =>
    matrix.at(index % matrix.rows, Math.floor(index / matrix.rows)),
  )
}

/** A cell array, the rows of a character array, or one text with separators. */
function leadNames(variable: MatlabVariable | undefined): string[] | undefined {
  const texts = variable?.texts
  return texts?.length === 1 ? texts[0]!.split(/[\s,;|]+/).filter((name) => name !== '') : texts
}
