import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Companion, EcgChannel, EcgFormat, GivenAnswer } from '../recording.ts'
import { answeredOf, answeredStepMv, statedByUser, unitsStatedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { allCompanions } from './companions.ts'
import { jsonPatient, jsonStartTime } from './json/description.ts'
import { isObject, numberField, objectField, textField, type JsonObject } from './json/fields.ts'
import { readNumpy } from './json/numpy-array.ts'
import { checkChannelCount, checkSampleCount } from './limits.ts'
import { matrixChannels, type MatrixChannels } from './sample-matrix.ts'
import { decodeHead, decodeText, printable } from './text.ts'
import { millivoltsPer } from './units.ts'

const WHERE = 'Add it to the JSON text beside "leads": "rateHz": 500, "unit": "mV".'
const RATE_FIELDS = ['rateHz', 'sampleRate', 'samplingRate', 'sampling_rate', 'samplingFrequency', 'fs']
const UNIT_FIELDS = ['unit', 'units', 'amplitudeUnit']

/**
 * JSON with one array of numbers for each lead, under `leads` or `signal.leads`; or with `leads` as a list of names
 * and the numbers in a NumPy array that `file` names.
 */
export const json: EcgFormat = {
  id: 'json',

  detect(head) {
    const text = decodeHead(head)
    return text !== undefined && /^\s*\{/.test(text) && /"leads"\s*:\s*[[{]/.test(text)
  },

  read(main, companion, answer) {
    const root = parse(main)
    const signal = objectField(root, 'signal') ?? root
    const meaning = {
      rateHz: answer?.rateHz ?? numberField(signal, RATE_FIELDS) ?? numberField(root, RATE_FIELDS),
      unit: textField(signal, UNIT_FIELDS) ?? textField(root, UNIT_FIELDS),
      answer,
    }
    const { rateHz, channels, units } = isObject(signal.leads)
      ? arrays(signal.leads, meaning)
      : fromNumpy(signal, meaning, companion)
    return assembleRecording({
      format: this.id,
      rateHz,
      channels,
      units,
      rateSource: answer?.rateHz === undefined ? 'as the JSON text states' : statedByUser(answer),
      leadSource: 'names in the JSON text',
      answered: answeredOf(answer, ['units', 'rate']),
      patient: jsonPatient(root),
      startTime: jsonStartTime(root),
      warnings: [],
    })
  },

  companions(main) {
    const root = parse(main)
    const file = textField(objectField(root, 'signal') ?? root, ['file'])
    return file === undefined ? [] : [file]
  },
}

interface Meaning {
  rateHz: number | undefined
  unit: string | undefined
  answer: GivenAnswer | undefined
}

/** @throws AppError `format/malformed` */
function parse(main: Uint8Array): JsonObject {
  try {
    const root: unknown = JSON.parse(decodeText(main))
    if (isObject(root)) return root
  } catch (cause) {
    throw new AppError('format/malformed', 'The JSON text is cut off or damaged. Copy or export it again.', { cause })
  }
  throw new AppError('format/malformed', 'The JSON text holds no object with leads. Export it again.')
}

function arrays(leads: JsonObject, { rateHz, unit, answer }: Meaning): MatrixChannels {
  if (rateHz === undefined || !(rateHz > 0)) {
    throw new AppError('format/rate-unknown', `The JSON text does not state its sampling rate. ${WHERE}`)
  }
  const millivolts = answeredStepMv(answer) ?? (unit === undefined ? undefined : millivoltsPer(unit))
  if (millivolts === undefined) {
    const found = unit === undefined ? 'states no unit' : `states the unit “${printable(unit, 20)}”`
    throw new AppError('format/units-unknown', `The JSON text ${found}; mV or µV is needed. ${WHERE}`)
  }
  const entries = Object.entries(leads)
  checkChannelCount(entries.length)
  const channels = entries.map(([name, values]): EcgChannel => {
    if (!Array.isArray(values)) throw notNumbers(name)
    checkSampleCount(entries.length, values.length)
    const samplesMv = new Float32Array(values.length)
    for (let t = 0; t < values.length; t++) {
      const value: unknown = values[t]
      if (typeof value !== 'number' && value !== null) throw notNumbers(name)
      // JSON has no NaN; writers put null where there is no sample.
      samplesMv[t] = value === null ? NaN : value * millivolts
    }
    return { name, samplesMv, stepMv: millivolts }
  })
  const units =
    answer?.unit === undefined ? `${printable(unit!, 20)} as the JSON text states` : unitsStatedByUser(answer)
  return { rateHz, channels, units }
}

const notNumbers = (lead: string): AppError =>
  new AppError('format/malformed', `Lead ${printable(lead)} of the JSON text is no list of numbers. Export it again.`)

function fromNumpy(signal: JsonObject, meaning: Meaning, companion: Companion): MatrixChannels {
  const file = textField(signal, ['file'])
  const leads = Array.isArray(signal.leads) ? signal.leads : []
  if (file === undefined || !leads.every((lead) => typeof lead === 'string')) {
    throw new AppError(
      'format/malformed',
      'The JSON text lists its leads by name, but names no NumPy array that holds them. Add "file": "recording.npy".',
    )
  }
  checkChannelCount(leads.length)
  const matrix = readNumpy(allCompanions([file], companion).get(file)!)
  // Other names are the business of `applyAnswer`: the list tells how many leads the array has.
  return matrixChannels(
    matrix,
    { ...meaning, leads, answer: meaning.answer && { ...meaning.answer, leads: undefined } },
    WHERE,
  )
}
