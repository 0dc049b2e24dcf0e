import { storedSteps } from './stored-steps.ts'
import type { EcgWriter, WritableRecording } from './writer.ts'

/** PhysioNet’s WFDB: a text header and one signal file of format 16 (16-bit little-endian, by instant). */
export const wfdbWriter: EcgWriter = {
  id: 'wfdb',

  leftOut: () => [],

  write(recording, stem) {
    const record = stem.replace(/[^A-Za-z0-9_-]/g, '_')
    const channels = recording.channels.map((channel) => ({ name: channel.name, ...storedSteps(channel) }))
    const sampleCount = channels[0]?.steps.length ?? 0
    const data = new Int16Array(channels.length * sampleCount)
    for (const [index, { steps }] of channels.entries()) {
      for (let t = 0; t < sampleCount; t++) data[t * channels.length + index] = steps[t]!
    }
    const lines = [
      `${record} ${channels.length} ${plain(recording.rateHz)} ${sampleCount}${startFields(recording)}`,
      ...channels.map(({ name, stepMv, steps }) => {
        const checksum = (steps.reduce((sum, step) => (sum + step) | 0, 0) << 16) >> 16
        return `${record}.dat 16 ${plain(1 / stepMv)}(0)/mV 16 0 ${steps[0] ?? 0} ${checksum} 0 ${name.replace(/[\r\n]/g, ' ')}`
      }),
      ...comments(recording),
    ]
    return [
      { name: `${record}.hea`, bytes: Buffer.from(`${lines.join('\n')}\n`) },
      { name: `${record}.dat`, bytes: new Uint8Array(data.buffer) },
    ]
  },
}

/** Twelve digits, without an exponent. */
const plain = (value: number): string => String(Number(value.toPrecision(12)))

/** Base time and date; a date without a time of day has no place in the header. */
function startFields({ startTime }: WritableRecording): string {
  const [, year, month, day, time] =
    /^(?:(\d{4})-(\d{2})-(\d{2})T)?(\d{2}:\d{2}:\d{2}(?:\.\d+)?)/.exec(startTime ?? '') ?? []
  if (time === undefined) return ''
  return year === undefined ? ` ${time}` : ` ${time} ${day}/${month}/${year}`
}

function comments({ patient }: WritableRecording): string[] {
  return [
    ...(patient?.ageYears === undefined ? [] : [`#Age: ${Math.floor(patient.ageYears)}`]),
    ...(patient?.sex === 'female' || patient?.sex === 'male'
      ? [`#Sex: ${patient.sex === 'male' ? 'Male' : 'Female'}`]
      : []),
  ]
}
