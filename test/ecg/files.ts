import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readRecording } from '../../src-main/ecg/read-recording.ts'
import type { Companion, EcgRecording, GivenAnswer } from '../../src-main/ecg/recording.ts'

export const FIXTURES = resolve(import.meta.dirname, '../fixtures/ecg')
/** Files whose licence keeps them out of the repository lie in a folder beside it, where there is one. */
export const SHARED = resolve(import.meta.dirname, '../../../shared/data')
export const sharedAbsent = !existsSync(join(SHARED, 'README.md'))

export const companionsIn =
  (folder: string): Companion =>
  (name) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined

export function readFile(folder: string, name: string, answer?: GivenAnswer): EcgRecording {
  const path = join(folder, name)
  return readRecording(readFileSync(path), name, companionsIn(resolve(path, '..')), answer)
}

export function channel(recording: EcgRecording, name: string): Float32Array {
  const found = recording.channels.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no channel ${name} among ${recording.channels.map((each) => each.name).join(', ')}`)
  return found.samplesMv
}

/** Rows of numbers as rdsamp printed them. */
export const rdsampRows = (path: string): number[][] =>
  gunzipSync(readFileSync(path)).toString().trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number)) // prettier-ignore

/** The recording of some text, with companions given as bytes by name. */
export const readText = (text: string, companions: Record<string, Uint8Array> = {}): EcgRecording =>
  readRecording(Buffer.from(text), 'test.txt', (name) => companions[name])

/** Code of the AppError that `run` throws, so that a test can tell a refusal from a crash. */
export function refusalCode(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as { code?: string; name: string }).name === 'AppError'
      ? (error as { code: string }).code
      : `uncoded: ${String(error)}`
  }
  return 'accepted'
}

/** The first ten values of each lead that the shared folder's README states for a file, in mV. */
export function statedValues(file: string): { lead: string; valuesMv: number[]; toleranceMv: number }[] {
  const row = readFileSync(join(SHARED, 'README.md'), 'utf8').split('\n').find((line) => line.startsWith('|') && line.split('|')[1]!.includes(file))! // prettier-ignore
  return row.split('<br>').flatMap((part) => {
    const fields = /^(?:.*\. )?(.+?)(?: \([^)]*\))?: \[([^\]]*)\] (mV|mv|uV|µV)/.exec(part.includes('First 10') ? part.slice(part.indexOf('): ') + 3) : part) // prettier-ignore
    if (!fields) return []
    const millivolts = fields[3]!.toLowerCase() === 'mv' ? 1 : 1e-3
    const toleranceMv = millivolts === 1 ? 0.5e-4 : 0.5e-5
    return [
      {
        lead: fields[1]!.trim(),
        valuesMv: fields[2]!.split(',').map((value) => Number(value) * millivolts),
        toleranceMv,
      },
    ]
  })
}
