import { AppError } from '../../src-preload/contract/errors.ts'
import { readRecording } from '../../src-main/ecg/read-recording.ts'
import { toWaveform } from '../../src-main/ecg/waveform.ts'
import type { FuzzInput } from './input.ts'

/** What every input is allowed: 100 ms and 20 ms a MB, four times its size and 64 MiB. */
export const BUDGET = { ms: 100, msPerMb: 20, bytes: 64 * 2 ** 20, timesSize: 4 }

export interface Verdict {
  /** What is wrong with the answer; undefined where nothing is. */
  fault?: string
  /** What kind of answer it was, without its names and numbers: tells whether an input is of a new kind. */
  kind: string
}

export type Read = (input: FuzzInput) => unknown

/** The reader itself, and the step after it. */
export const readAsIs: Read = ({ main, companions, answer }) => {
  const companion = (name: string) => (Object.hasOwn(companions, name) ? companions[name] : undefined)
  const recording = readRecording(main, 'fuzz', companion, answer)
  const lengths = new Set(recording.channels.map(({ samplesMv }) => samplesMv.length))
  if (lengths.size !== 1 || !(recording.rateHz > 0) || !Number.isFinite(recording.rateHz))
    throw new Error('a recording without one length and rate')
  try {
    toWaveform(recording)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return recording
}

/**
 * Reads an input and judges the answer: a recording or a coded refusal, in its time and memory.
 *
 * @param busy  how many times as long as on a common laptop it may take just now
 */
export function judge(input: FuzzInput, read: Read = readAsIs, busy: () => number = slowness): Verdict {
  const size = sizeOf(input)
  const before = heldBytes()
  const clock = stopwatch()
  let kind: string
  let fault: string | undefined
  try {
    const recording = read(input) as { format?: string; warnings?: readonly { code: string }[] } | undefined
    kind = `read ${recording?.format} ${recording?.warnings?.map(({ code }) => code).join(' ')}`
  } catch (error) {
    if (error instanceof AppError)
      kind = `${error.code} ${error.message.replace(/“[^”]*”|[-+\d.]+/g, '#').slice(0, 80)}`
    else {
      kind = 'uncoded'
      fault = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack?.split('\n')[1]}` : String(error)
    }
  }
  const tookMs = clock()
  const took = heldBytes() - before
  if (took > BUDGET.timesSize * size + BUDGET.bytes)
    fault ??= `needed ${Math.round(took / 2 ** 20)} MiB for ${size} bytes`
  if (tookMs > allowedMs(size) && againMs(input, read) > allowedMs(size) * busy()) {
    fault ??= `took ${Math.round(tookMs)} ms for ${size} bytes`
  }
  return { kind, ...(fault !== undefined && { fault }) }
}

export const sizeOf = ({ main, companions }: FuzzInput): number =>
  Object.values(companions).reduce((sum, bytes) => sum + bytes.length, main.length)

export const allowedMs = (size: number): number => BUDGET.ms + (BUDGET.msPerMb * size) / 1e6

/** Time of the process itself, where that is shorter: a busy machine gives it only a part of the clock's. */
function stopwatch(): () => number {
  const started = performance.now()
  const cpu = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return Math.min(performance.now() - started, (user + system) / 1000)
  }
}

/** Going through 20 million characters takes this long on a common laptop that does nothing else. */
const COMMON_MS = 20

/** How much slower this computer is just now, at the kind of work that reading is; at least 1. */
function slowness(): number {
  const text = 'a'.repeat(20_000_000)
  // The first look at a repeated text lays it out in memory.
  let sum = text.charCodeAt(0)
  const clock = stopwatch()
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0
  return Math.max(1, sum > 0 ? clock() / COMMON_MS : 1)
}

/** What was allocated and not yet collected. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** On a busy machine a single measurement says little: the best of three more. */
function againMs(input: FuzzInput, read: Read): number {
  return Math.min(
    ...[0, 1, 2].map(() => {
      const clock = stopwatch()
      try {
        read(input)
      } catch {
        // The answer was judged before.
      }
      return clock()
    }),
  )
}
