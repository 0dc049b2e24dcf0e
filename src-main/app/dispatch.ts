import {
  AppError,
  contract,
  events,
  type Channel,
  type EventName,
  type EventPayload,
  type Output,
  type ParsedInput,
  type Reply,
} from '../../src-preload/contract/index.ts'
import type { Services } from './services.ts'
import { requireAccess } from './require-access.ts'
import { accessHandlers } from './handlers/access.ts'
import { auditHandlers } from './handlers/audit.ts'
import { backupHandlers } from './handlers/backup.ts'
import { fileHandlers } from './handlers/files.ts'
import { siteKeyHandlers } from './handlers/site-keys.ts'
import { appHandlers } from './handlers/app.ts'
import { batchHandlers } from './handlers/batch.ts'
import { cineHandlers } from './handlers/cine.ts'
import { explanationHandlers } from './handlers/explanations.ts'
import { cmrHandlers } from './handlers/cmr.ts'
import { ecgHandlers } from './handlers/ecg.ts'
import { exchangeHandlers } from './handlers/exchange.ts'
import { measurementHandlers } from './handlers/measurements.ts'
import { modelHandlers } from './handlers/models.ts'
import { readingHandlers } from './handlers/reading.ts'
import { patientHandlers } from './handlers/patients.ts'
import { recordingHandlers } from './handlers/recordings.ts'
import { reportHandlers } from './handlers/reports.ts'
import { reviewHandlers } from './handlers/reviews.ts'
import { screeningHandlers } from './handlers/screening.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { supportHandlers } from './handlers/support.ts'
import { studyHandlers } from './handlers/study.ts'
import { studyCaseHandlers } from './handlers/study-cases.ts'
import { studyReadingHandlers } from './handlers/study-reading.ts'
import { sessionHandlers } from './handlers/session.ts'
import { worklistHandlers } from './handlers/worklist.ts'

export type Handler<C extends Channel> = (input: ParsedInput<C>) => Promise<Output<C>> | Output<C>
export type Handlers = { [C in Channel]: Handler<C> }
/** Tells the window something unasked; the payload is checked against the contract like an answer. */
export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void

export interface Dispatcher {
  /** The single door in: parses the input, runs the handler, answers as data. Never throws. */
  call(channel: string, raw: unknown): Promise<Reply<unknown>>
  onEvent(listener: (event: EventName, payload: unknown) => void): () => void
}

/** Joins the contract with the handlers; both hosts put their transport in front of it and nothing else. */
export function createDispatcher(services: Services): Dispatcher {
  const listeners = new Set<(event: EventName, payload: unknown) => void>()
  const emit: Emit = (event, payload) => {
    const checked = events[event].parse(payload)
    for (const listener of listeners) listener(event, checked)
  }
  const handlers: Handlers = {
    ...accessHandlers(services, emit),
    ...appHandlers(services),
    ...ecgHandlers(services, emit),
    ...measurementHandlers(services),
    ...screeningHandlers(services),
    ...cineHandlers(services, emit),
    ...explanationHandlers(services, emit),
    ...cmrHandlers(services),
    ...modelHandlers(services),
    ...readingHandlers(services),
    ...settingsHandlers(services),
    ...siteKeyHandlers(services),
    ...backupHandlers(services, emit),
    ...auditHandlers(services),
    ...fileHandlers(services),
    ...supportHandlers(services),
    ...studyHandlers(services),
    ...studyCaseHandlers(services, emit),
    ...studyReadingHandlers(services),
    ...sessionHandlers(services),
    ...patientHandlers(services),
    ...recordingHandlers(services),
    ...reportHandlers(services),
    ...reviewHandlers(services),
    ...worklistHandlers(services),
    ...exchangeHandlers(services, emit),
    ...batchHandlers(services, emit),
  }
  return {
    async call(channel, raw) {
      try {
        if (!isChannel(channel))
          throw new AppError('contract/unknown-channel', 'This window asked for an unknown call.')
        requireAccess(services.access, channel)
        const run = handlers[channel] as (input: unknown) => Promise<unknown>
        const value = await run(parseInput(channel, raw))
        // Locked while it ran: it has been done, but nothing of it goes to a window that shows nothing.
        requireAccess(services.access, channel)
        return { ok: true, value }
      } catch (error) {
        return { ok: false, error: toReply(channel, error, services) }
      }
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function isChannel(channel: string): channel is Channel {
  return Object.hasOwn(contract, channel)
}

function parseInput(channel: Channel, raw: unknown): unknown {
  // Transports without an `undefined` of their own send null for "no input".
  const parsed = contract[channel].input.safeParse(raw ?? undefined)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  // The offending value stays out of the sentence: it may be a patient's.
  throw new AppError(
    'contract/bad-input',
    `${channel}: ${issue ? `${issue.path.join('.')} ${issue.code}` : 'invalid input'}`,
  )
}

function toReply(channel: string, error: unknown, services: Services): { code: string; message: string } {
  if (error instanceof AppError) return error.toReply()
  services.log(`${channel}: ${withoutMessage(error)}`)
  return {
    code: 'app/internal',
    message:
      'Something failed inside the application; nothing was changed. Try again, and restart if it happens twice.',
  }
}

/** Name and stack frames only: the message of an unexpected error may quote a file or a patient. */
function withoutMessage(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return [error.name, ...frames].join('\n')
}
