import { NO_LEAD } from '../../../src-preload/contract/constants.ts'
import type { Answered, ReadingAnswer } from '../../../src-preload/contract/reading.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgChannel, EcgRecording, GivenAnswer } from '../recording.ts'
import { nameChannels } from './name-channels.ts'
import { millivoltsPer } from './units.ts'

/** mV of one stored step as the user states it, or undefined where the answer says nothing about units. */
export function answeredStepMv(answer: ReadingAnswer | undefined): number | undefined {
  return answer?.unit === undefined ? undefined : millivoltsPer(answer.unit)! / (answer.gain ?? 1)
}

/** What a reader heeds of an answer: of `kinds` those that the answer says something about. */
export function answeredOf(answer: ReadingAnswer | undefined, kinds: readonly Answered[]): Answered[] {
  const given = { units: answer?.unit, rate: answer?.rateHz, leads: answer?.leads }
  return kinds.filter((kind) => given[kind] !== undefined)
}

/** Where something came from that the user stated, as a sentence. */
export const statedByUser = (answer: GivenAnswer): string =>
  answer.remembered ? 'stated by the user for an earlier file with this header' : 'stated by the user'

export function unitsStatedByUser(answer: GivenAnswer): string {
  const unit = answer.unit === 'uV' ? 'µV' : answer.unit!
  return answer.gain === undefined
    ? `numbers in ${unit}, ${statedByUser(answer)}`
    : `gain ${answer.gain} steps/${unit}, ${statedByUser(answer)}`
}

/**
 * The recording with what the user answered in the file's stead, as far as its reader has not heeded it already:
 * stored steps scaled anew, another rate, other lead names in the order of the file.
 *
 * @throws AppError `answer/units-fixed` where the file stores no steps to be scaled, `format/lead-count`,
 *   `ecg/lead-duplicate`
 */
export function applyAnswer(recording: EcgRecording, answer: GivenAnswer): EcgRecording {
  const answered = new Set(recording.answered)
  const warnings = [...recording.warnings]
  let result = recording
  const stepMv = answeredStepMv(answer)
  if (stepMv !== undefined && !answered.has('units')) {
    answered.add('units')
    result = {
      ...result,
      channels: result.channels.map((channel) => rescaled(channel, stepMv)),
      units: unitsStatedByUser(answer),
    }
  }
  if (answer.rateHz !== undefined && !answered.has('rate')) {
    answered.add('rate')
    result = { ...result, rateHz: answer.rateHz, rateSource: statedByUser(answer) }
  }
  if (answer.leads !== undefined && !answered.has('leads')) {
    answered.add('leads')
    const channels = renamed(result.channels, answer.leads)
    result = { ...result, channels: nameChannels(channels, warnings), leadSource: statedByUser(answer) }
  }
  return { ...result, warnings, answered: [...answered] }
}

function rescaled(channel: EcgChannel, stepMv: number): EcgChannel {
  if (!channel.stepMv) {
    throw new AppError(
      'answer/units-fixed',
      `${channel.name} is not stored in steps, so that its unit can't be stated here. Export the recording again.`,
    )
  }
  const factor = stepMv / channel.stepMv
  return { ...channel, samplesMv: channel.samplesMv.map((value) => value * factor), stepMv }
}

/** Channels by the names of the answer, in the order of the file; those named `-` are left out. */
export function renamed(channels: readonly EcgChannel[], leads: readonly string[]): EcgChannel[] {
  if (leads.length !== channels.length) {
    throw new AppError(
      'format/lead-count',
      `The file has ${channels.length} channels and ${leads.length} were named. Name each of them; “${NO_LEAD}” leaves one out.`,
    )
  }
  return channels.flatMap((channel, index) => (leads[index] === NO_LEAD ? [] : { ...channel, name: leads[index]! }))
}
