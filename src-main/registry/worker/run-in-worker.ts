import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { TellProgress } from '../backup/make-backup.ts'
import type { RegistryOrder, RegistryResults, WorkerMessage } from './orders.ts'

/**
 * Carries an order out in a thread of its own, with a handle of its own.
 *
 * @throws AppError what the work throws; `registry/worker-failed` where the thread ended before it was done
 */
export function runInWorker<Order extends RegistryOrder>(
  order: Order,
  tell: TellProgress = () => undefined,
): Promise<RegistryResults[Order['task']]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath(), { workerData: order })
    worker.on('message', (message: WorkerMessage<RegistryResults[Order['task']]>) => {
      if (message.kind === 'progress') tell(message.progress)
      else if (message.kind === 'done') resolve(message.result)
      else reject(new AppError(message.error.code, message.error.message))
    })
    worker.once('error', reject)
    worker.once('exit', () =>
      reject(new AppError('registry/worker-failed', 'This stopped before it was finished. Check the disk, try again.')),
    )
  })
}

/** The bundle beside this one when built, the source itself when Node runs the sources. */
function workerPath(): string {
  const built = !import.meta.filename.endsWith('.ts')
  return join(import.meta.dirname, 'registry-worker' + (built ? '.js' : '.ts'))
}
