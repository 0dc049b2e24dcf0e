/** The thread of long work on a registry. It has the data key for as long as that takes. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { readHeads } from '../audit/head-files.ts'
import { verifyAudit } from '../audit/verify.ts'
import { makeBackup, type BackupProgress } from '../backup/make-backup.ts'
import { proveBackup } from '../backup/prove-backup.ts'
import { pruneBackups } from '../backup/prune.ts'
import { openForReading } from '../open-for-reading.ts'
import type { RegistryOrder, RegistryResults, WorkerMessage } from './orders.ts'

const order = workerData as RegistryOrder
// Structured cloning makes plain arrays of Node's buffers.
const dataKey = Buffer.from(order.dataKey)
const say = (message: WorkerMessage): void => parentPort!.postMessage(message)
const tell = (progress: BackupProgress): void => say({ kind: 'progress', progress })

try {
  say({ kind: 'done', result: carryOut() })
} catch (error) {
  const failed = { code: 'registry/worker-failed', message: 'This failed. Check the disk and try again.' }
  say({ kind: 'refused', error: error instanceof AppError ? error.toReply() : failed })
}
dataKey.fill(0)
order.dataKey.fill(0)

function carryOut(): RegistryResults[RegistryOrder['task']] {
  switch (order.task) {
    case 'make-backup': {
      const { salt, sealedKey, ...wrap } = order.recoveryWrap
      const recoveryWrap = { ...wrap, salt: Buffer.from(salt), sealedKey: Buffer.from(sealedKey) }
      const report = makeBackup({ ...order, dataKey, recoveryWrap }, tell)
      pruneBackups(order.folder)
      return report
    }
    case 'prove-backup':
      return proveBackup({ backup: order.backup, dataKey }, tell)
    case 'verify-audit': {
      const db = openForReading(order.registryDirectory, dataKey)
      try {
        return verifyAudit(db, readHeads(order.registryDirectory))
      } finally {
        db.close()
      }
    }
  }
}
