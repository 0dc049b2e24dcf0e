import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { AuditHead } from '../registry/audit/head.ts'
import { readHeads } from '../registry/audit/head-files.ts'
import { verifyAudit, type AuditVerdict } from '../registry/audit/verify.ts'
import { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { openForReading } from '../registry/open-for-reading.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { patiently, readCredentials, workspaceOptions, type Credentials } from './workspace-session.ts'

/** `cardionets audit verify --workspace DIR --user NAME --password-stdin [--head FILE]` */
export async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...workspaceOptions,
    head: { type: 'string', multiple: true, default: [] },
  })
  const [action, folder, ...rest] = positionals
  if (action !== 'verify' || rest.length > 0) throw new UsageError('"audit" takes "verify" and a workspace.')
  const credentials = await readCredentials({ ...values, workspace: values.workspace ?? folder })
  const verdict = await verify(credentials, values.head.map(readHeadFile))
  console.log(JSON.stringify(verdict))
  return verdict.ok ? ExitCode.done : ExitCode.someRefused
}

/** Opens the registry for reading only: what is examined as evidence gets no entry of its own. */
async function verify({ workspace, user, password }: Credentials, heads: readonly AuditHead[]): Promise<AuditVerdict> {
  const access = WorkspaceAccess.open({ workspace })
  try {
    const dataKey = await patiently(() => access.cabinet().openByPassword(user, password))
    const db = openForReading(access.directory, dataKey)
    dataKey.fill(0)
    try {
      return verifyAudit(db, [...heads, ...readHeads(access.directory)])
    } finally {
      db.close()
    }
  } finally {
    access.close()
  }
}

/** A head by itself, or one in a file that has it as "head" (an export, a backup). */
function readHeadFile(path: string): AuditHead {
  try {
    const value = JSON.parse(readFileSync(join(path), 'utf8')) as { head?: unknown }
    return AuditHead.parse(value.head ?? value)
  } catch (cause) {
    throw new AppError('audit/not-a-head', `${path} holds no signed head of an audit trail.`, { cause })
  }
}
