import { availableParallelism } from 'node:os'
import { AppError } from '../../src-preload/contract/index.ts'
import type { ErrorReply, Reply } from '../../src-preload/contract/index.ts'
import type { ProviderChoice } from '../../src-preload/contract/screening.ts'
import { createEngine, type Engine } from '../inference/engine.ts'
import type { TrustedKey } from '../inference/pack/keys.ts'
import { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { listSiteKeys } from '../registry/tables/site-keys.ts'
import { openAnswerMemory, type AnswerMemory } from './reading/answer-memory.ts'
import type { RegistryEnvironment } from '../registry/environment.ts'
import type { CineReading } from '../cmr/read-cines.ts'
import { BatchDesk } from './batch/batch-desk.ts'
import { SessionCines } from './cines/session-cines.ts'
import type { SpawnChild } from './child-process.ts'
import type { NamedBytes } from './reading/open-file.ts'
import { readCineFiles } from './reading/cine-reader.ts'
import { Backups } from './backups.ts'
import type { Dialogs } from './dialogs.ts'
import { LogTail } from './log-tail.ts'
import { backUpOnSchedule } from './scheduled-backups.ts'
import { createWatchedReader, type WatchedReader } from './reading/watched-reader.ts'

/** What every entry shares. One object, made once, closed once. */
export interface Services {
  readonly version: string
  readonly entry: 'desktop' | 'browser' | 'cli'
  /** The workspace folder; empty for the command line, which keeps nothing. */
  readonly workspace: string
  /** Who may open the workspace's registry, and the registry while somebody is signed in. */
  readonly access: WorkspaceAccess
  readonly backups: Backups
  /** The operating system's own dialogs; null in a browser and on the command line. */
  readonly dialogs: Dialogs | null
  /** A reader for one batch of files, in a process of its own; whoever opens it closes it. */
  openReader(): WatchedReader
  /** The cines in one choice of files, read in a process of their own. */
  readCines(files: readonly NamedBytes[]): Promise<Reply<CineReading>>
  /** Real and generated cines of this session. */
  readonly cines: SessionCines
  /** Many recordings unattended. */
  readonly batches: BatchDesk
  /** What users answered about files that do not say it all, by the header of such files. */
  readonly answers: AnswerMemory
  /** The running engine. @throws AppError `pack/…` where the model pack was refused */
  engine(): Promise<Engine>
  /** Why there is no engine, or null. */
  packError(): Promise<ErrorReply | null>
  /** Ends the engine and starts it on another provider. */
  chooseProvider(provider: ProviderChoice): Promise<void>
  /** Goes by the keys that the open registry trusts now; the engine starts anew where that changes what it may load. */
  useSiteKeys(): Promise<void>
  /** For the log file or stderr. Callers leave out everything of a patient. */
  log(line: string): void
  /** The last lines of it, the home folder left out. */
  readonly logLines: readonly string[]
  close(): Promise<void>
}

export interface ServiceOptions {
  version: string
  entry: Services['entry']
  workspace: string
  packDir: string
  trustedKeys: readonly TrustedKey[]
  provider: ProviderChoice
  spawn: SpawnChild
  log: (line: string) => void
  /** Clock and randomness of the registry; the system's own where absent. */
  environment?: RegistryEnvironment
  dialogs?: Dialogs
}

/** The encoder needs the other half of the processors. */
const BATCH_READERS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)))
const WATCH_EVERY_MS = 2000

/**
 * Opens the services. The model pack is verified in the inference process at once but in the background, so that a
 * window opens and files can be read while, or although, the pack is refused.
 *
 * @throws AppError `registry/in-use` where another process has the workspace's registry, `registry/read-only`
 */
export function createServices(options: ServiceOptions): Services {
  const { spawn } = options
  const logTail = new LogTail(options.log)
  const { log } = logTail
  const access = WorkspaceAccess.open({
    workspace: options.workspace,
    ...(options.environment && { environment: options.environment }),
  })
  const backups = new Backups(access, log)
  const stopBackups = backUpOnSchedule(access, backups)
  const cines = new SessionCines()
  access.onChange(({ state }) => {
    if (state !== 'open') cines.clear()
  })
  let { provider } = options
  let siteKeys: readonly TrustedKey[] = []
  const start = (): Promise<Engine> => {
    const trustedKeys = [...options.trustedKeys, ...siteKeys]
    const starting = createEngine({ spawn, log, provider, packDir: options.packDir, trustedKeys })
    // Whoever asks for the engine gets the refusal; nobody asking must not end the process.
    starting.catch(() => undefined)
    return starting
  }
  let engine = start()
  const restart = (): Promise<Engine> => {
    engine = engine.then(closeEngine, () => undefined).then(start)
    engine.catch(() => undefined)
    return engine
  }
  const useSiteKeys = async (): Promise<void> => {
    const before = siteKeys.map(({ keyId }) => keyId)
    siteKeys = listSiteKeys(access.registry().db).map((key) => ({ ...key, purpose: 'site' as const }))
    const now = siteKeys.map(({ keyId }) => keyId)
    if (before.join() === now.join()) return
    const running = await engine.then(
      ({ key }) => key,
      () => null,
    )
    const stays = running !== null && (running.purpose !== 'site' || now.includes(running.keyId))
    if (!stays) await restart().catch(() => undefined)
  }
  access.onChange(({ state }) => {
    if (state === 'open') useSiteKeys().catch(() => log('site-keys: could not be read'))
  })
  const openReader = (): WatchedReader => createWatchedReader({ spawn })
  const answers = openAnswerMemory(options.workspace)
  const batches = new BatchDesk(
    {
      access,
      answers,
      openReader,
      engine: () => engine,
      readerCount: BATCH_READERS,
      pollMs: WATCH_EVERY_MS,
      now: () => performance.now(),
    },
    log,
  )

  return {
    version: options.version,
    entry: options.entry,
    workspace: options.workspace,
    access,
    backups,
    dialogs: options.dialogs ?? null,
    openReader,
    readCines: (files) => readCineFiles(spawn, files),
    cines,
    batches,
    answers,
    engine: () => engine,
    packError: () => engine.then(() => null, errorReply),
    async chooseProvider(chosen) {
      provider = chosen
      await restart()
    },
    useSiteKeys,
    log,
    logLines: logTail.lines,
    async close() {
      await batches.close()
      await engine.then(closeEngine, () => undefined)
      stopBackups()
      access.close()
    },
  }
}

const closeEngine = (engine: Engine): Promise<void> => engine.close()

function errorReply(error: unknown): ErrorReply {
  if (error instanceof AppError) return error.toReply()
  throw error
}
