import { join } from 'node:path'
import type { BackupProgress, TellProgress } from '../backup/make-backup.ts'
import type { RegistryOrder, RegistryResults } from './orders.ts'
import { runThread } from './thread.ts'

const ENTRY = { name: 'registry-worker', source: join(import.meta.dirname, 'registry-worker.ts') }

/**
 * Carries an order out in a thread of its own, with a handle of its own.
 *
 * @throws AppError what the work throws; `registry/worker-failed` where the thread ended before it was done
 */
export const runInWorker = <Order extends RegistryOrder>(
  order: Order,
  tell?: TellProgress,
): Promise<RegistryResults[Order['task']]> =>
  runThread<Order, RegistryResults[Order['task']], BackupProgress>(ENTRY, order, tell ? { tell } : {})
