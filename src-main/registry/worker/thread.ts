import { join } from 'node:path'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'

/** Work that nobody shall wait for, in a thread of its own: what it is given, and whether it is still wanted. */
interface ThreadData<Order> {
  readonly order: Order
  /** One number, 1 once nobody wants the result any more. */
  readonly cancelled: Int32Array<SharedArrayBuffer>
}

type ThreadMessage<Result, Progress> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly error: ErrorReply }

export interface ThreadOptions<Progress> {
  readonly tell?: (progress: Progress) => void
  /** The work looks at it between its steps and ends by itself. */
  readonly signal?: AbortSignal
}

/**
 * Carries an order out in a thread of its own.
 *
 * @param name  of the thread's entry: the bundle beside this one when built, else the source at `source`
 * @throws AppError what the work throws; `registry/worker-failed` where the thread ended before it was done
 */
export function runThread<Order extends object, Result, Progress>(
  { name, source }: { readonly name: string; readonly source: string },
  order: Order,
  { tell = () => undefined, signal }: ThreadOptions<Progress> = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const cancel = (): void => void Atomics.store(cancelled, 0, 1)
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    const built = !import.meta.filename.endsWith('.ts')
    const data: ThreadData<Order> = { order, cancelled }
    const worker = new Worker(built ? join(import.meta.dirname, `${name}.js`) : source, { workerData: data })
    worker.on('message', (message: ThreadMessage<Result, Progress>) => {
      if (message.kind === 'progress') tell(message.progress)
      else if (message.kind === 'done') resolve(message.result)
      else reject(new AppError(message.error.code, message.error.message))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', cancel)
      reject(new AppError('registry/worker-failed', 'This stopped before it was finished. Check the disk, try again.'))
    })
  })
}

/** What an entry of a thread does: one order, whose data key is overwritten when it is done. */
export async function carryOutThread<Order extends { readonly dataKey: Uint8Array }, Result, Progress>(
  work: (order: Order, dataKey: Buffer, tell: (progress: Progress) => void, isCancelled: () => boolean) => Result,
): Promise<void> {
  const { order, cancelled } = workerData as ThreadData<Order>
  // Structured cloning makes plain arrays of Node's buffers.
  const dataKey = Buffer.from(order.dataKey)
  const say = (message: ThreadMessage<Awaited<Result>, Progress>): void => parentPort!.postMessage(message)
  try {
    const tell = (progress: Progress): void => say({ kind: 'progress', progress })
    say({ kind: 'done', result: await work(order, dataKey, tell, () => Atomics.load(cancelled, 0) === 1) })
  } catch (error) {
    const failed = { code: 'registry/worker-failed', message: 'This failed. Check the disk and try again.' }
    say({ kind: 'refused', error: error instanceof AppError ? error.toReply() : failed })
  }
  dataKey.fill(0)
  order.dataKey.fill(0)
}
