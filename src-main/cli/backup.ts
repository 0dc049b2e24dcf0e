import { resolve } from 'node:path'
import { backupFolder, backupOrder } from '../registry/backup/run-backup.ts'
import { makeBackup } from '../registry/backup/make-backup.ts'
import { pruneBackups } from '../registry/backup/prune.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

/** `cardionets backup --workspace DIR --user NAME --password-stdin [--to FOLDER]` */
export async function backup(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...workspaceOptions, to: { type: 'string' } })
  if (positionals.length > 0) throw new UsageError(`"backup" takes no file; got "${positionals[0]}".`)
  const access = await signInTo(await readCredentials(values))
  try {
    requireRole(access, 'administrator')
    const folder = values.to === undefined ? backupFolder(access) : resolve(values.to)
    const report = makeBackup({ ...backupOrder(access), folder })
    pruneBackups(folder)
    access
      .registry()
      .change(access.actor(), (change) =>
        change.audit({ action: 'backup:make', kind: 'registry', id: null, after: { madeAt: report.madeAt } }),
      )
    console.log(JSON.stringify({ ok: true, ...report }))
    return ExitCode.done
  } finally {
    access.close()
  }
}
