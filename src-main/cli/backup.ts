import { resolve } from 'node:path'
import { runBackup } from '../registry/backup/run-backup.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

/** `cardionets backup --workspace DIR --user NAME --password-stdin [--to FOLDER]` */
export async function backup(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...workspaceOptions, to: { type: 'string' } })
  if (positionals.length > 0) throw new UsageError(`"backup" takes no file; got "${positionals[0]}".`)
  const access = await signInTo(await readCredentials(values))
  try {
    requireRole(access, 'administrator')
    const report = await runBackup(access, undefined, values.to === undefined ? undefined : resolve(values.to))
    console.log(JSON.stringify({ ok: true, ...report }))
    return ExitCode.done
  } finally {
    access.close()
  }
}
