import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EcgRecording } from '../../src-main/ecg/recording.ts'
import { FIXTURES, SHARED, sharedAbsent } from '../ecg/files.ts'
import type { FuzzInput } from './input.ts'
import { judge, readAsIs } from './judge.ts'
import { FuzzRandom } from './random.ts'
import { SEEDS } from './seeds.ts'

/** Warnings that say that a file is not whole, or not as it was written. */
const MARKS = new Set(['format/incomplete', 'ishne/truncated', 'scp/length-clipped', 'scp/checksum', 'scp/description', 'wfdb/checksum']) // prettier-ignore

/** All of one file up to some length: `every` of them for small files, else so many at random. */
export function cutPoints(length: number, count: number, everyUpTo = 0): number[] {
  if (length <= Math.max(everyUpTo, count)) return Array.from({ length }, (_, at) => at)
  const random = new FuzzRandom(length)
  return Array.from({ length: count }, () => random.below(length))
}

/** One of the files that make a recording, and the recording with that file cut off. */
export interface CutPart {
  name: string
  bytes: Uint8Array
  cut(bytes: Uint8Array): FuzzInput
}

/** The main file and each companion: a header may be whole and its signal file cut off. */
export function partsOf([name, whole]: [string, FuzzInput]): CutPart[] {
  return [
    { name, bytes: whole.main, cut: (main) => ({ ...whole, main }) },
    ...Object.entries(whole.companions).map(([companion, bytes]) => ({
      name: `${companion} of ${name}`,
      bytes,
      cut: (part: Uint8Array) => ({ ...whole, companions: { ...whole.companions, [companion]: part } }),
    })),
  ]
}

/**
 * What is wrong with the answer to a file that was cut off: it must be refused, or marked, or lose nothing of the ECG;
 * a table may end between two of its rows, which nothing tells from a shorter one.
 */
export function faultOfCut({ bytes, cut }: CutPart, length: number, reference: EcgRecording): string | undefined {
  const main = bytes.subarray(0, length)
  let recording: EcgRecording | undefined
  const { fault } = judge(cut(main), (input) => (recording = readAsIs(input) as EcgRecording))
  if (fault !== undefined) return fault
  if (!recording || recording.warnings.some(({ code }) => MARKS.has(code))) return undefined
  if (recording.format === 'delimited-text' && (main.at(-1) === 10 || /\s/.test(String.fromCharCode(main.at(-1)!))))
    return undefined
  const same =
    recording.rateHz === reference.rateHz &&
    recording.channels.length === reference.channels.length &&
    recording.channels.every(({ samplesMv }, index) => samplesMv.length === reference.channels[index]!.samplesMv.length)
  return same ? undefined : `read as a shorter recording, unmarked (${recording.format})`
}

/** The sound files of each format: those that hostile ones are made from, and real ones here and beside the repository. */
export function soundFiles(format: string): [name: string, input: FuzzInput][] {
  const seeds = SEEDS[format]!().map((input, index): [string, FuzzInput] => [`${format} ${index + 1}`, input])
  const folders = [FIXTURES, ...(sharedAbsent ? [] : (FOLDERS[format] ?? []).map((folder) => join(SHARED, folder)))]
  const real = folders.flatMap((folder) =>
    readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .flatMap((path) => realFile(folder, path, format)),
  )
  return [...seeds, ...real]
}

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  dicom: ['dicom_ecg'], 'scp-ecg': ['scp'], edf: ['edf'], ishne: ['ishne'], json: ['json'], 'muse-xml': ['muse'], aecg: ['aecg'],
  'cardiosoft-xml': ['cardiosoft'], 'schiller-xml': ['schiller'], 'philips-xml': ['philips'], wfdb: ['wfdb'], 'delimited-text': ['csv'],
} // prettier-ignore

function realFile(folder: string, path: string, format: string): [string, FuzzInput][] {
  const input: FuzzInput = {
    main: readFileSync(path),
    companions: path.endsWith('.hea') ? Object.fromEntries(siblings(folder, path).map((name) => [name, readFileSync(join(folder, name))])) : {}, // prettier-ignore
  }
  try {
    return (readAsIs(input) as EcgRecording).format === format ? [[path.slice(folder.length + 1), input]] : []
  } catch {
    return []
  }
}

function siblings(folder: string, path: string): string[] {
  const stem = path.slice(folder.length + 1).replace(/\.hea$/, '.')
  return readdirSync(folder).filter((name) => name.startsWith(stem) && !name.endsWith('.hea'))
}
