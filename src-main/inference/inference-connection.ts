import { AppError } from '../../src-preload/contract/errors.ts'
import type { ProviderChoice } from '../../src-preload/contract/screening.ts'
import type { ChildHandle, SpawnChild } from '../app/child-process.ts'
import type { TrustedKey } from './pack/keys.ts'
import type { FromInference, InferenceRequest, ToInference } from './process/messages.ts'

export type LoadedPack = Extract<FromInference, { type: 'loaded' }>
type Answer = Extract<FromInference, { type: 'answer' }>['answer']

export interface ConnectionOptions {
  spawn: SpawnChild
  packDir: string
  trustedKeys: readonly TrustedKey[]
  provider: ProviderChoice
  log: (line: string) => void
  /** Silence after which a working process counts as stuck and is killed. */
  stallMs: number
  /** Silence after a cancel, likewise. */
  cancelMs: number
  /** Monotonic clock in ms. */
  now: () => number
}

interface Pending {
  request: InferenceRequest
  resolve: (answer: Answer) => void
  reject: (error: AppError) => void
  onStep: (step: number, of: number) => void
  /** How often the process ended while it worked on this request. */
  crashes: number
}

const CRASH_WINDOW_MS = 60_000
const MAX_CRASHES = 3

/**
 * The parent's side of the inference process: starts it, hands it requests, and brings it back when it dies. Requests
 * are kept until they are answered, so that a new process, on the CPU, can answer the same ones from the same seeds.
 */
export class InferenceConnection {
  readonly #options: ConnectionOptions
  readonly #loaded = Promise.withResolvers<LoadedPack>()
  /** In the order in which the process works on them. */
  readonly #pending = new Map<number, Pending>()
  readonly #crashTimes: number[] = []
  #provider: ProviderChoice
  #child: ChildHandle | undefined
  #isLoaded = false
  /** SHA-256 of the manifest that the parent was told; a restarted process must find the same pack. */
  #packSha256: string | undefined
  #refused: AppError | undefined
  #nextId = 1
  #stall: NodeJS.Timeout | undefined
  /** Cancelled requests that the process still runs. */
  readonly #cancelTimers = new Map<number, NodeJS.Timeout>()

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#provider = options.provider
    // A refusal that nobody waits for must not end the parent.
    this.#loaded.promise.catch(() => undefined)
    this.#start()
  }

  /** @throws AppError `pack/…` where the pack was refused, `inference/unavailable` where the process does not live */
  get loaded(): Promise<LoadedPack> {
    return this.#loaded.promise
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  send(request: InferenceRequest, { onStep = () => undefined, signal, cancelCode }: SendOptions): Promise<Answer> {
    if (signal?.aborted) return Promise.reject(cancelled(cancelCode))
    if (this.#refused) return Promise.reject(this.#refused)
    if (!this.#child && this.#tooManyCrashes()) return Promise.reject(unavailable())
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#pending.set(id, { request, resolve, reject, onStep, crashes: 0 })
    const abort = (): void => this.#cancel(id, cancelCode)
    signal?.addEventListener('abort', abort, { once: true })
    if (!this.#child) this.#start()
    else if (this.#isLoaded) this.#post({ ...request, id })
    this.#watch()
    return promise.finally(() => signal?.removeEventListener('abort', abort))
  }

  async close(): Promise<void> {
    this.#refused = new AppError('inference/closed', 'The application is closing.')
    this.#loaded.reject(this.#refused)
    this.#rejectAll(this.#refused)
    this.#watch()
    const child = this.#child
    if (!child) return
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    child.onExit(() => resolve())
    this.#forgetChild()
    child.post({ type: 'close' } satisfies ToInference)
    // A run in flight does not see the message; ending it by force is safe, as nothing of it is on disk.
    const force = setTimeout(() => child.kill(), this.#options.cancelMs)
    await exited
    clearTimeout(force)
  }

  #start(): void {
    this.#isLoaded = false
    const child = this.#options.spawn('inference')
    this.#child = child
    child.onMessage((message) => child === this.#child && this.#receive(message as FromInference))
    child.onExit((code) => child === this.#child && this.#crashed(code))
    const { packDir, trustedKeys } = this.#options
    this.#post({ type: 'load', packDir, trustedKeys, provider: this.#provider })
    this.#watch()
  }

  #post(message: ToInference): void {
    this.#child?.post(message)
  }

  #receive(message: FromInference): void {
    switch (message.type) {
      case 'loaded':
        this.#becomeReady(message)
        break
      case 'refused':
        this.#refuse(new AppError(message.error.code, message.error.message))
        break
      case 'step':
        this.#pending.get(message.id)?.onStep(message.step, message.of)
        break
      case 'answer':
        this.#settle(message.id)?.resolve(message.answer)
        break
      case 'failed':
        this.#settle(message.id)?.reject(new AppError(message.error.code, message.error.message))
        break
      case 'provider-lost':
        this.#options.log(`${message.provider} failed (${message.reason}); the request is answered on the CPU`)
        this.#restart('cpu')
        break
      case 'log':
        this.#options.log(message.line)
        break
      case 'alive':
      case 'examined':
        break
    }
    this.#watch()
  }

  #becomeReady(pack: LoadedPack): void {
    this.#packSha256 ??= pack.identity.sha256
    if (pack.identity.sha256 !== this.#packSha256) {
      this.#refuse(
        new AppError(
          'pack/changed',
          'The model pack was replaced while the application ran. Start the application again to use the new one.',
        ),
      )
      return
    }
    this.#isLoaded = true
    this.#loaded.resolve(pack)
    for (const [id, { request }] of this.#pending) this.#post({ ...request, id })
  }

  /** Takes a request off the list; undefined where it was cancelled before. */
  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    clearTimeout(this.#cancelTimers.get(id))
    this.#cancelTimers.delete(id)
    return pending
  }

  /** The pack is refused for good: another start would read the same files. */
  #refuse(error: AppError): void {
    this.#refused = error
    this.#loaded.reject(error)
    this.#rejectAll(error)
    this.#dropChild()
  }

  #crashed(code: number | null): void {
    this.#forgetChild()
    this.#crashTimes.push(this.#options.now())
    this.#options.log(`the inference process ended (${code ?? 'killed'})`)
    const first = this.#pending.entries().next().value
    if (first) {
      const [id, pending] = first
      pending.crashes += 1
      if (pending.crashes > 1) {
        pending.reject(
          new AppError(
            'inference/failed',
            'The inference process ended twice on this recording, the second time on the CPU. Close other programs to free memory and try again.',
          ),
        )
        this.#pending.delete(id)
      }
    }
    this.#provider = 'cpu'
    if (this.#tooManyCrashes()) {
      this.#loaded.reject(unavailable())
      this.#rejectAll(unavailable())
    } else if (this.#pending.size > 0 || !this.#packSha256) {
      this.#start()
    }
    this.#watch()
  }

  #restart(provider: ProviderChoice): void {
    this.#dropChild()
    this.#provider = provider
    if (this.#pending.size > 0) this.#start()
  }

  #dropChild(): void {
    const child = this.#child
    this.#forgetChild()
    child?.kill()
  }

  #forgetChild(): void {
    this.#child = undefined
    for (const timer of this.#cancelTimers.values()) clearTimeout(timer)
    this.#cancelTimers.clear()
  }

  #cancel(id: number, code: string): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    const isRunning = this.#pending.keys().next().value === id
    this.#pending.delete(id)
    pending.reject(cancelled(code))
    this.#post({ type: 'cancel', id })
    if (!isRunning) return
    // The user has the answer already; what is left is to free the processor. A run that does not end is killed.
    const child = this.#child
    const end = (): void => void (child === this.#child && this.#restart(this.#provider))
    this.#cancelTimers.set(id, setTimeout(end, this.#options.cancelMs))
  }

  #tooManyCrashes(): boolean {
    const since = this.#options.now() - CRASH_WINDOW_MS
    return this.#crashTimes.filter((time) => time > since).length >= MAX_CRASHES
  }

  #rejectAll(error: AppError): void {
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }

  /** Arms the watchdog while there is something to wait for. */
  #watch(): void {
    clearTimeout(this.#stall)
    if (!this.#child || (this.#isLoaded && this.#pending.size === 0)) return
    this.#stall = setTimeout(() => {
      this.#options.log('the inference process gives no sign of life; it is ended')
      this.#child?.kill()
    }, this.#options.stallMs)
  }
}

export interface SendOptions {
  onStep?: ((step: number, of: number) => void) | undefined
  signal?: AbortSignal | undefined
  /** Code of the error that an abort gives, e.g. `cine/cancelled`. */
  cancelCode: string
}

function cancelled(code: string): AppError {
  return new AppError(code, 'Cancelled before it was finished; nothing was kept.')
}

function unavailable(): AppError {
  return new AppError(
    'inference/unavailable',
    'The inference process ended three times within a minute and is not started again for now. Close other programs to free memory, wait a minute and try again; "cardionets doctor" shows more.',
  )
}
