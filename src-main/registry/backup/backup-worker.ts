/** The thread that makes a backup, so that nobody waits for it. It has the data key for as long as that takes. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { makeBackup, type BackupOrder } from './make-backup.ts'
import { pruneBackups } from './prune.ts'
import type { BackupAnswer } from './run-backup.ts'

const order = workerData as BackupOrder
// Structured cloning makes plain arrays of Node's buffers.
const dataKey = Buffer.from(order.dataKey)
const { salt, sealedKey, ...wrap } = order.recoveryWrap
const recoveryWrap = { ...wrap, salt: Buffer.from(salt), sealedKey: Buffer.from(sealedKey) }

parentPort!.postMessage(answer())
dataKey.fill(0)
order.dataKey.fill(0)

function answer(): BackupAnswer {
  try {
    const report = makeBackup({ ...order, dataKey, recoveryWrap })
    pruneBackups(order.folder)
    return { ok: true, report }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toReply() }
    return { ok: false, error: { code: 'backup/failed', message: 'The backup failed. Check the disk and try again.' } }
  }
}
