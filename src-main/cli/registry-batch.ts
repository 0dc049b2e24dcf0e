import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { BATCH_ASSIGNMENTS } from '../../src-preload/contract/constants.ts'
import { AppError } from '../../src-preload/contract/index.ts'
import { BATCH_TABLE_TEMPLATE } from '../app/batch/batch-table.ts'
import { checkSource } from '../app/batch/list-source.ts'
import { describeItem } from '../app/batch/summarise.ts'
import type { Services } from '../app/services.ts'
import { listItems } from '../registry/tables/batch-lists.ts'
import type { Assignment, BatchKind } from '../registry/tables/batches.ts'
import { ExitCode, oneOf, parseArguments, UsageError } from './arguments.ts'
import { commandServices, serviceOptions } from './command-services.ts'
import { interruptible } from './interrupt.ts'
import { ndjsonWriter, type LineWriter } from './ndjson.ts'
import { patiently, readCredentials, requireRole, workspaceOptions } from './workspace-session.ts'

/** Files whose outcomes are printed together, each after its commit. */
const PAGE = 100
const LOOK_EVERY_MS = 200

/** `cardionets registry batch DIR|CSV --workspace DIR --user NAME --password-stdin` */
export async function batch(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...workspaceOptions,
    ...serviceOptions,
    patients: { type: 'string', default: 'match' },
    watch: { type: 'boolean', default: false },
    template: { type: 'boolean', default: false },
  })
  const [source, ...rest] = positionals
  if (values.template && source === undefined) {
    process.stdout.write(BATCH_TABLE_TEMPLATE)
    return ExitCode.done
  }
  if (source === undefined || rest.length > 0) throw new UsageError('"registry batch" takes one folder or one table.')
  const order = {
    source: resolve(source),
    watch: values.watch,
    assignment: oneOf('patients', values.patients, BATCH_ASSIGNMENTS),
  }
  const { workspace, user, password } = await readCredentials(values)
  const services = await commandServices(values, 'cli', workspace)
  try {
    await patiently(() => services.access.signIn(user, password))
    requireRole(services.access, 'operator')
    return await runBatch(services, order, ndjsonWriter(process.stdout))
  } finally {
    await services.close()
  }
}

/**
 * One line a file in the order of the batch, each after its commit. A batch of the same source that a kill broke off goes on;
 * its files that were done before are printed first.
 */
async function runBatch(
  services: Services,
  { source, assignment, watch }: { source: string; assignment: Assignment; watch: boolean },
  output: LineWriter,
): Promise<number> {
  const { batches } = services
  const interrupt = interruptible()
  const kind: BatchKind = watch ? 'watch' : await kindOf(source)
  const batchId = await begin(services, { kind, source, assignment }, output)
  if (batchId === null) return ExitCode.someRefused
  let ended = false
  const idle = batches.idle(batchId).then(() => (ended = true))
  let printed = 0
  let refused = 0
  interrupt.signal.addEventListener('abort', () => void batches.stopAll())
  for (;;) {
    const last = ended
    const rows = doneRows(services, batchId, printed)
    for (const row of rows) {
      await output.write(row)
      if (row['outcome'] === 'refused') refused += 1
    }
    printed += rows.length
    if (!output.open) await batches.stopAll()
    if (last && rows.length === 0) break
    if (rows.length === 0) await Promise.race([idle, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))])
  }
  const { error, counts } = batches.summary(batchId)
  process.stderr.write(`${JSON.stringify(counts)}\n`)
  if (error) throw new AppError(error.code, error.message)
  if (interrupt.requested) return ExitCode.interrupted
  return refused > 0 || counts.waiting > 0 ? ExitCode.someRefused : ExitCode.done
}

async function kindOf(source: string): Promise<BatchKind> {
  const status = await stat(source).catch(() => undefined)
  return status?.isFile() ? 'csv' : 'folder'
}

/** @returns null where the table has problems, which are printed */
async function begin(
  { batches }: Services,
  order: { kind: BatchKind; source: string; assignment: Assignment },
  output: LineWriter,
): Promise<string | null> {
  const unfinished = batches.unfinishedOf(order.kind, await checkSource(order.kind, order.source))
  if (unfinished) {
    await batches.resume(unfinished.id)
    return unfinished.id
  }
  const { batchId, problems } = await batches.start(order)
  for (const { row, column, message } of problems) await output.write({ row, column, error: { code: 'batch/table-problem', message } }) // prettier-ignore
  return batchId
}

/** The next files in the order of the batch, up to the first that is still queued. */
function doneRows({ access }: Services, batchId: string, from: number): Record<string, unknown>[] {
  const { db } = access.registry()
  const items = listItems(db, { batchId, outcomes: [], text: '' }, from, PAGE)
  const queued = items.findIndex(({ outcome }) => outcome === null)
  return (queued < 0 ? items : items.slice(0, queued)).map((item) => {
    const { outcome, waitingFor, error, recordingId, patient, row } = describeItem(db, '', item)
    return {
      file: item.path,
      ...(row !== null && { row }),
      outcome,
      ...(waitingFor && { waitingFor }),
      ...(error && { error }),
      ...(recordingId && { recordingId }),
      ...(patient && { patient: patient.localId }),
    }
  })
}
