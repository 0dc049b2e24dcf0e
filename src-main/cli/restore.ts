import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openWorkspace } from '../app/workspace.ts'
import { MIN_PASSWORD_LENGTH } from '../../src-preload/contract/access.ts'
import { REGISTRY_FOLDER, WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { restoreBackup } from '../registry/backup/restore.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'

/** `cardionets restore BACKUP --workspace DIR --user NAME --code-stdin`: code and new password on two lines. */
export async function restore(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    workspace: { type: 'string' },
    user: { type: 'string' },
    'code-stdin': { type: 'boolean', default: false },
  })
  const [backup, ...rest] = positionals
  if (backup === undefined || rest.length > 0) throw new UsageError('"restore" takes one backup folder.')
  if (values.workspace === undefined) throw new UsageError('--workspace DIR is missing.')
  if (values.user === undefined) throw new UsageError('--user NAME is missing: whose password is set anew.')
  if (!values['code-stdin']) {
    throw new UsageError('--code-stdin is missing: recovery code and new password are two lines of the standard input.')
  }
  const [recoveryCode = '', password = ''] = (await text(process.stdin)).split(/\r?\n/)
  if (password.length < MIN_PASSWORD_LENGTH) {
    throw new UsageError(`The new password has fewer than ${MIN_PASSWORD_LENGTH} characters.`)
  }
  const workspace = openWorkspace(values.workspace)
  const report = await restoreBackup({
    backup,
    registryDirectory: join(workspace, REGISTRY_FOLDER),
    recoveryCode,
    person: values.user,
  })
  const access = WorkspaceAccess.open({ workspace })
  try {
    const next = await access.recover(recoveryCode, values.user, password)
    console.log(JSON.stringify({ ok: true, workspace, ...report, recoveryCode: next.recoveryCode }))
    return ExitCode.done
  } finally {
    access.close()
  }
}
