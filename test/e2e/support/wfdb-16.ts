import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A record as the page's stand-in api decodes it: interleaved 16-bit samples, base64. */
export interface RawRecord {
  rateHz: number
  gain: number
  names: string[]
  base64: string
}

export const SAMPLE_DATA = join(import.meta.dirname, '../../../../shared/data')
export const hasSampleData = existsSync(SAMPLE_DATA)

/** Reads the first signal file of a WFDB record whose signals are all format 16 with one gain: enough for a picture. */
export function readWfdb16(record: string): RawRecord {
  const header = readFileSync(join(SAMPLE_DATA, `${record}.hea`), 'utf8').split('\n')
  const rateHz = Number(header[0]!.split(' ')[2])
  const signals = header
    .slice(1)
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
  const [file, format, gain] = signals[0]!
  const sameFile = signals.filter((signal) => signal[0] === file)
  const offset = Number(format!.split('+')[1] ?? 0)
  const bytes = readFileSync(join(SAMPLE_DATA, record, '..', file!)).subarray(offset)
  return {
    rateHz,
    gain: parseFloat(gain!),
    names: sameFile.map((signal) => canonical(signal[8]!)),
    base64: bytes.toString('base64'),
  }
}

function canonical(name: string): string {
  const upper = name.toUpperCase()
  return upper.startsWith('AV') ? `aV${upper.slice(2)}` : upper
}
