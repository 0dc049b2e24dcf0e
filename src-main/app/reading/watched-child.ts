import { AppError, type Reply } from '../../../src-preload/contract/errors.ts'
import type { ChildHandle, SpawnChild } from '../child-process.ts'
import type { CineReading } from '../../cmr/read-cines.ts'
import { isBareName } from '../../ecg/formats/companions.ts'
import {
  isFromReader,
  type FetchedCompanion,
  type FromReader,
  type ReaderAnswer,
  type ReaderTask,
  type ToReader,
} from './messages.ts'
import type { CompanionSource, NamedBytes } from './open-file.ts'
import type { ReadWants } from './read-job.ts'
import { residentBytes, seesProcessMemory } from './resident-memory.ts'
import { PARSER_CRASHED, READER_UNAVAILABLE } from './reply-codes.ts'

export interface ReaderLimits {
  /** What is read, for the sentence of a refusal. */
  thing: 'an ECG' | 'a cine'
  /** For one file; the time in which companions are fetched does not count. */
  wallClockMs: number
  /** Resident memory above that of the idle child. */
  bytesAboveStart: number
  pollMs: number
  /** For starting a child, on a machine that is busy with other things. */
  startMs: number
  /** Names and bytes of companions that one file may ask for. */
  companionCount: number
  companionBytes: number
}

/** How a task ended; `healthy` says whether the child may be given another one. */
export interface Outcome {
  reply: Reply<ReaderAnswer>
  healthy: boolean
}

export interface WatchedChild {
  /** False once the process has ended. */
  alive(): boolean
  /** @param expected  companions that the file is known to ask for: they are sent along with it */
  run(
    task: ReaderTask,
    main: NamedBytes,
    companions: CompanionSource,
    wants: ReadWants,
    expected: readonly string[],
  ): Promise<Outcome>
  /** Reads the cines in the files of one choice. */
  readCines(files: readonly NamedBytes[]): Promise<Reply<CineReading>>
  kill(): void
}

/**
 * Starts one reading child.
 *
 * @param watchOwnMemory  true: the child watches its own memory, as where the parent cannot see it
 * @throws AppError `app/reader-unavailable`
 */
export async function startWatchedChild(
  spawn: SpawnChild,
  limits: ReaderLimits,
  watchOwnMemory: boolean = !seesProcessMemory,
): Promise<WatchedChild> {
  const handle = spawn('reader')
  const events = createEvents(handle)
  const { bytesAboveStart, pollMs } = limits
  post(handle, watchOwnMemory ? { kind: 'start', memoryWatch: { bytesAboveStart, pollMs } } : { kind: 'start' })
  await started(handle, events, limits.startMs)
  const startBytes = watchOwnMemory || handle.pid === undefined ? undefined : residentBytes(handle.pid)
  let lastId = 0
  const watch = { handle, events, limits, startBytes }
  return {
    alive: () => !events.exited,
    kill: () => handle.kill(),
    async run(task, main, companions, wants, expected) {
      const fetched = await fetchExpected(companions, expected, limits)
      return supervise(watch, { kind: 'run', id: ++lastId, task, main, wants, companions: fetched }, companions)
    },
    readCines: async (files) =>
      (await supervise(watch, { kind: 'read-cines', id: ++lastId, files }, noCompanions)).reply as Reply<CineReading>,
  }
}

type ChildEvent = FromReader | { kind: 'exit'; code: number | null } | { kind: 'nonsense' }

/** One listener on the handle, handed on to whoever waits; the end of a child is remembered. */
interface Events {
  listener: (event: ChildEvent) => void
  exited: boolean
  exitCode: number | null
}

function createEvents(handle: ChildHandle): Events {
  const events: Events = { listener: () => undefined, exited: false, exitCode: null }
  handle.onMessage((message) => events.listener(isFromReader(message) ? message : { kind: 'nonsense' }))
  handle.onExit((code) => {
    events.exited = true
    events.exitCode = code
    events.listener({ kind: 'exit', code })
  })
  return events
}

const noCompanions: CompanionSource = async () => undefined

/** None where they are too many, or one can't be read: the file then asks for what it needs, and meets the refusal. */
async function fetchExpected(
  companions: CompanionSource,
  names: readonly string[],
  { companionCount, companionBytes }: ReaderLimits,
): Promise<FetchedCompanion[]> {
  if (names.length > companionCount) return []
  const fetched: FetchedCompanion[] = []
  let bytes = 0
  try {
    for (const name of names.filter(isBareName)) {
      const found = (await companions(name)) ?? null
      bytes += found?.length ?? 0
      if (bytes > companionBytes) return []
      fetched.push({ name, bytes: found })
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return []
  }
  return fetched
}

const post = (handle: ChildHandle, message: ToReader): void => handle.post(message)

function started(handle: ChildHandle, events: Events, startMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (found: string): void => {
      clearTimeout(timer)
      handle.kill()
      reject(unavailable(found))
    }
    const timer = setTimeout(() => fail(`was not ready after ${startMs / 1000} s`), startMs)
    events.listener = (event) => {
      if (event.kind === 'exit') return fail(endedEarly(event.code))
      if (event.kind !== 'ready') return fail('answered what it was not asked')
      clearTimeout(timer)
      resolve()
    }
    if (events.exited) fail(endedEarly(events.exitCode))
  })
}

const endedEarly = (code: number | null): string =>
  `ended before it was ready (${code === null ? 'it could not be started, or was killed' : `exit code ${code}`})`

const unavailable = (found: string): AppError =>
  new AppError(
    READER_UNAVAILABLE,
    `The process that reads files ${found}. Restart the application; if that does not help, install it again (from the sources: npm ci).`,
  )

interface Watch {
  handle: ChildHandle
  events: Events
  limits: ReaderLimits
  startBytes: number | undefined
}

function supervise(
  { handle, events, limits, startBytes }: Watch,
  request: Extract<ToReader, { id: number }>,
  companions: CompanionSource,
): Promise<Outcome> {
  const { id } = request
  return new Promise((resolve, reject) => {
    const clock = stopwatch(limits.wallClockMs, () => refuse('format/too-demanding', tookTooLong(limits)))
    const poll = startBytes === undefined ? undefined : setInterval(checkMemory, limits.pollMs)
    const fetched = { names: 0, bytes: 0 }

    function finish(outcome: Outcome): void {
      clock.stop()
      clearInterval(poll)
      events.listener = () => undefined
      if (!outcome.healthy) handle.kill()
      resolve(outcome)
    }
    const refuse = (code: string, message: string): void =>
      finish({ reply: { ok: false, error: { code, message } }, healthy: false })

    function checkMemory(): void {
      const bytes = residentBytes(handle.pid!)
      if (bytes !== undefined && bytes - startBytes! > limits.bytesAboveStart) {
        refuse('format/too-demanding', neededTooMuch(limits))
      }
    }

    async function supply(names: readonly string[]): Promise<void> {
      clock.stop()
      const files: FetchedCompanion[] = []
      for (const name of names) {
        const bytes = (await companions(name)) ?? null
        fetched.names++
        fetched.bytes += bytes?.length ?? 0
        if (fetched.names > limits.companionCount || fetched.bytes > limits.companionBytes) {
          return refuse(
            'format/too-large',
            `The file belongs together with more than ${limits.companionCount} files or ${limits.companionBytes} bytes. Export a shorter part of the recording.`,
          )
        }
        files.push({ name, bytes })
      }
      clock.start()
      post(handle, { kind: 'companions', id, files })
    }

    events.listener = (event) => {
      if (event.kind === 'need' && event.id === id) {
        supply(event.names).catch((error: unknown) => {
          if (error instanceof AppError) refuse(error.code, error.message)
          else {
            finish({ reply: { ok: false, error: { code: 'app/internal', message: '' } }, healthy: false })
            reject(error)
          }
        })
      } else if (event.kind === 'done' && event.id === id) {
        const crashed = !event.reply.ok && event.reply.error.code === PARSER_CRASHED
        finish({ reply: event.reply, healthy: !crashed })
      } else if (event.kind === 'memory-exceeded') refuse('format/too-demanding', neededTooMuch(limits))
      else if (event.kind === 'exit' || event.kind === 'nonsense') refuse(PARSER_CRASHED, CRASHED)
    }
    if (events.exited) return refuse(PARSER_CRASHED, CRASHED)
    clock.start()
    post(handle, request)
  })
}

/** Counts down over several runs. The answer that lies in the queue when the time is up still counts. */
function stopwatch(budgetMs: number, onEnd: () => void) {
  let leftMs = budgetMs
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined
  let grace: NodeJS.Immediate | undefined
  return {
    start: (): void => {
      startedAt = performance.now()
      timer = setTimeout(() => (grace = setImmediate(onEnd)), leftMs)
    },
    stop: (): void => {
      leftMs -= performance.now() - startedAt
      clearTimeout(timer)
      clearImmediate(grace)
    },
  }
}

const tookTooLong = ({ thing, wallClockMs }: ReaderLimits): string =>
  `Reading the file took more than ${wallClockMs / 1000} s, far more than ${thing} needs, and was ended. The file may be damaged or hostile; export it again.`
const neededTooMuch = ({ thing, bytesAboveStart }: ReaderLimits): string =>
  `Reading the file needed more than ${Math.round(bytesAboveStart / 2 ** 20)} MiB of memory, far more than ${thing} needs, and was ended. The file may be damaged or hostile; export it again.`
const CRASHED = 'The process that reads files ended while it read this one. The file may be damaged; export it again.'
