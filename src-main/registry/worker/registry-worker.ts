/** The thread of long work on a registry. It has the data key for as long as that takes. */
import { readHeads } from '../audit/head-files.ts'
import { verifyAudit } from '../audit/verify.ts'
import { makeBackup, type BackupProgress, type TellProgress } from '../backup/make-backup.ts'
import { proveBackup } from '../backup/prove-backup.ts'
import { pruneBackups } from '../backup/prune.ts'
import { openForReading } from '../open-for-reading.ts'
import { findDuplicates } from '../search/find-duplicates.ts'
import type { RegistryOrder, RegistryResults } from './orders.ts'
import { carryOutThread } from './thread.ts'

await carryOutThread<RegistryOrder, RegistryResults[RegistryOrder['task']], BackupProgress>(carryOut)

function carryOut(order: RegistryOrder, dataKey: Buffer, tell: TellProgress): RegistryResults[RegistryOrder['task']] {
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
    case 'verify-audit':
    case 'find-duplicates': {
      const db = openForReading(order.registryDirectory, dataKey)
      try {
        return order.task === 'find-duplicates'
          ? findDuplicates(db)
          : verifyAudit(db, readHeads(order.registryDirectory))
      } finally {
        db.close()
      }
    }
  }
}
