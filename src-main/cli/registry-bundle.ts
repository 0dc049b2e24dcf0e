import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { MIN_PASSWORD_LENGTH } from '../../src-preload/contract/constants.ts'
import { APP_VERSION } from '../app/version.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { fileSource } from '../registry/exchange/bundle/byte-source.ts'
import { writeBundleFile } from '../registry/exchange/bundle/bundle-file.ts'
import { listConflicts } from '../registry/exchange/conflicts.ts'
import { importBundle } from '../registry/exchange/import-bundle.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { ndjsonWriter, type LineWriter } from './ndjson.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

const MOST_CONFLICTS_PRINTED = 100_000

/** `cardionets registry bundle export|import FILE --workspace DIR --user NAME --password-stdin` */
export async function bundle(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { ...workspaceOptions, trust: { type: 'string' } })
  const [action, file, ...rest] = positionals
  if ((action !== 'export' && action !== 'import') || file === undefined || rest.length > 0) {
    throw new UsageError('"registry bundle" takes export FILE or import FILE.')
  }
  const input = createInterface({ input: process.stdin, crlfDelay: Infinity })
  const lines = input[Symbol.asyncIterator]()
  const next = async (): Promise<string | undefined> => (await lines.next()).value as string | undefined
  const access = await signInTo(await readCredentials(values, { first: next }))
  const output = ndjsonWriter(process.stdout)
  try {
    requireRole(access, 'administrator')
    const passphrase = await next()
    if (!passphrase) throw new UsageError('The second line of the standard input is the passphrase of the bundle.')
    if (action === 'export') {
      if (passphrase.length < MIN_PASSWORD_LENGTH) {
        throw new UsageError(`The passphrase has fewer than ${MIN_PASSWORD_LENGTH} characters.`)
      }
      const report = await writeBundleFile(access, { passphrase, application: APP_VERSION }, resolve(file))
      await output.write({ ok: true, file: resolve(file), ...report })
    } else await take(access, resolve(file), passphrase, values.trust ?? null, output)
    return ExitCode.done
  } finally {
    input.close()
    access.close()
  }
}

/** One line for each conflict that waits, then one for the whole. */
async function take(
  access: WorkspaceAccess,
  file: string,
  passphrase: string,
  trusted: string | null,
  output: LineWriter,
): Promise<void> {
  const registry = access.registry()
  const source = fileSource(file)
  try {
    const { workspace, madeAt, tally } = await importBundle(registry, access.actor(), source, passphrase, trusted)
    const open = listConflicts(registry.db, MOST_CONFLICTS_PRINTED)
    for (const { id, kind, recordId } of open) await output.write({ conflict: id, kind, recordId })
    await output.write({ ok: true, workspace, madeAt, ...tally, openConflicts: open.length })
  } finally {
    source.close()
  }
}
