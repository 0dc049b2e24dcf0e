import { resolve } from 'node:path'
import { exportRegistry } from '../app/exports/open/export-registry.ts'
import { importExport } from '../app/exports/open/import-export.ts'
import { APP_VERSION } from '../app/version.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

/** `cardionets registry export FOLDER --workspace DIR --user NAME --password-stdin` */
export async function exportFolder(args: readonly string[]): Promise<number> {
  return withFolder('export', args, (access, folder) => exportRegistry(access, folder, APP_VERSION))
}

/** `cardionets registry import-export FOLDER --workspace DIR --user NAME --password-stdin` */
export async function importFolder(args: readonly string[]): Promise<number> {
  return withFolder('import-export', args, (access, folder) => importExport(access.registry(), access.actor(), folder))
}

async function withFolder(
  name: string,
  args: readonly string[],
  work: (access: WorkspaceAccess, folder: string) => Promise<object>,
): Promise<number> {
  const { values, positionals } = parseArguments(args, workspaceOptions)
  const [folder, ...rest] = positionals
  if (folder === undefined || rest.length > 0) throw new UsageError(`"registry ${name}" takes one folder.`)
  const access = await signInTo(await readCredentials(values))
  try {
    requireRole(access, 'administrator')
    console.log(JSON.stringify({ ok: true, ...(await work(access, resolve(folder))) }))
    return ExitCode.done
  } finally {
    access.close()
  }
}
