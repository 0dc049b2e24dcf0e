import { resolve } from 'node:path'
import { REPORT_LANGUAGES } from '../../src-preload/contract/constants.ts'
import { AppError, type AppDescription } from '../../src-preload/contract/index.ts'
import type { ReportChoices } from '../../src-preload/contract/reports.ts'
import { choosePack } from '../app/choose-pack.ts'
import { exportRegistry } from '../app/exports/open/export-registry.ts'
import type { ExportProgress } from '../app/exports/open/write-export.ts'
import { importExport } from '../app/exports/open/import-export.ts'
import { APP_VERSION } from '../app/version.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { describePack } from '../app/describe-pack.ts'
import { loadPack } from '../inference/pack/load-pack.ts'
import { ExitCode, oneOf, parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interrupt.ts'
import { progressOn } from './progress.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

/** `cardionets registry export FOLDER --workspace DIR --user NAME --password-stdin [--report-language en|zh]` */
export async function exportFolder(args: readonly string[]): Promise<number> {
  return withFolder('export', args, async (access, folder, language) => {
    const words = { application: APP_VERSION, pack: await describedPack(), language }
    const progress = progressOn(process.stderr)
    let tenths = -1
    const tell = ({ done, of }: ExportProgress): void => {
      if (Math.floor((10 * done) / of) === tenths) return
      tenths = Math.floor((10 * done) / of)
      progress.show(`Row ${done} of ${of}`)
    }
    try {
      return await exportRegistry(access, folder, words, { tell, signal: interruptible().signal })
    } finally {
      progress.end()
    }
  })
}

/** `cardionets registry import-export FOLDER --workspace DIR --user NAME --password-stdin` */
export async function importFolder(args: readonly string[]): Promise<number> {
  return withFolder('import-export', args, (access, folder) => importExport(access.registry(), access.actor(), folder))
}

const languageOption = { 'report-language': { type: 'string', default: 'en' } } as const

/** What the pack that ships says of itself; nothing where it is refused, as in the window. */
async function describedPack(): Promise<AppDescription['pack']> {
  try {
    const { packDir, trustedKeys } = await choosePack({})
    return describePack(await loadPack(packDir, { trustedKeys }))
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

async function withFolder(
  name: string,
  args: readonly string[],
  work: (access: WorkspaceAccess, folder: string, language: ReportChoices['language']) => Promise<object>,
): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...workspaceOptions, ...languageOption })
  const [folder, ...rest] = positionals
  if (folder === undefined || rest.length > 0) throw new UsageError(`"registry ${name}" takes one folder.`)
  const language = oneOf('report-language', values['report-language'], REPORT_LANGUAGES)
  const access = await signInTo(await readCredentials(values))
  try {
    requireRole(access, 'administrator')
    console.log(JSON.stringify({ ok: true, ...(await work(access, resolve(folder), language)) }))
    return ExitCode.done
  } finally {
    access.close()
  }
}
