import type { Warning } from '../../src-preload/contract/ecg.ts'
import { AppError, type AppDescription } from '../../src-preload/contract/index.ts'
import { atSite, type DiseaseAtSite } from '../../src-preload/contract/findings/at-site.ts'
import type { DiseaseResult, ScreeningResult } from '../../src-preload/contract/screening.ts'
import { describePack } from '../app/describe-pack.ts'
import type { ReadJobResult } from '../app/reading/read-job.ts'
import { recordOfFile } from '../app/reports/file-record.ts'
import type { Engine } from '../inference/engine.ts'
import type { SiteChoice } from '../screening/site-choice.ts'
import { toReportCine } from '../reports/cine-pictures.ts'
import { toScreeningParts } from '../screening/to-screening-parts.ts'
import { refusedLine, type ReadFile, type RefusedLine } from './read-files.ts'
import { screenRows, type ScreenedRow } from '../screening/screen-rows.ts'
import { makeCine, outputStem, writeCine, type CineSettings, type MadeCine, type WrittenCine } from './write-cine.ts'
import { writeReportFile, type ReportSettings, type WrittenReport } from './write-report.ts'

export type ScreenedLine = { file: string; sha256: string; status: 'screened' } & ScreeningResult & {
    /** As the site reads them, where it said how common a disease is there. */
    atSite?: ({ id: DiseaseResult['id'] } & DiseaseAtSite)[]
    cine?: WrittenCine
    report?: WrittenReport
  }

/** How results are read, and what is written besides the lines. */
export interface Outputs {
  site: SiteChoice
  cine: CineSettings | null
  report: ReportSettings | null
}

type PreparedFile = {
  file: string
  read: ReadJobResult & { prepared: NonNullable<ReadJobResult['prepared']> }
  readMs: number
}

/** Refused, and what could be read of it all the same: enough for a report that says why. */
type RefusedFile = { refused: RefusedLine; read: ReadJobResult | null }

/** Files whose recordings are on their way through the encoder. */
export interface StartedBatch {
  items: (PreparedFile | RefusedFile)[]
  rows: Promise<ScreenedRow[]>
}

/**
 * Hands the recordings of each group of files to the encoder together, without waiting for what it says.
 *
 * @param ready  the engine; files are read ahead until it is there
 * @throws what `ready` is rejected with
 */
export async function* startBatches(
  ready: Promise<Engine>,
  groups: AsyncIterable<ReadFile[]>,
): AsyncGenerator<StartedBatch> {
  for await (const files of groups) {
    const engine = await ready
    const items = files.map(toPrepared)
    const prepared = items.flatMap((item) => ('refused' in item ? [] : [item.read.prepared]))
    const rows = screenRows(engine, prepared)
    // Whoever finishes the batch meets the failure; a batch that nobody finishes any more must not end the process.
    rows.catch(() => undefined)
    yield { items, rows }
  }
}

/**
 * One line per file of a batch, in order.
 *
 * @throws AppError only where no file could be screened any more, e.g. `inference/unavailable`
 */
export async function* finishBatch(
  engine: Engine,
  batch: StartedBatch,
  { cine, report, site }: Outputs,
  signal: AbortSignal,
): AsyncGenerator<ScreenedLine | RefusedLine> {
  const { items } = batch
  const rows = await batch.rows
  let next = 0
  for (const item of items) {
    if ('refused' in item) {
      yield await withReport(item.refused, item.read, report)
      continue
    }
    const row = rows[next++]!
    if (!row.ok) {
      yield await withReport(refusedLine(item.file, row.error, item.read.sha256), item.read, report)
      continue
    }
    const started = performance.now()
    const { file, read, readMs } = item
    try {
      const parts = toScreeningParts(row.outputs, engine, { ...read.summary, marks: read.prepared.marks }, site)
      const made = cine && (await makeCine(engine, read, cine, signal))
      const written = made && cine.write ? await writeCine(engine, file, read, made, cine.out) : null
      const result: ScreeningResult = {
        ecg: { ...read.summary, window: read.prepared.window },
        pack: engine.identity,
        provider: row.provider,
        ...parts,
        timingsMs: { read: readMs, encode: row.encodeMs, ...(made && { cine: made.timingsMs['total']! }) },
      }
      const reported =
        report && (await reportScreened(file, read, { result, pack: describePack(engine) }, made, report))
      yield {
        file,
        sha256: read.sha256,
        status: 'screened',
        ...result,
        marks: [statementOf(engine), ...result.marks],
        ...(Object.keys(site.prevalence).length > 0 && {
          atSite: parts.diseases.map((disease) => ({ id: disease.id, ...atSite(disease) })),
        }),
        ...(written && { cine: written }),
        ...(reported && { report: reported }),
        timingsMs: { ...result.timingsMs, total: readMs + row.encodeMs + performance.now() - started },
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      yield await withReport(refusedLine(file, error.toReply(), read.sha256), read, report)
    }
  }
}

/** The window has the pack's statement in its frame, a line has it among its marks: no result goes without. */
const statementOf = ({ manifest }: Engine): Warning => ({
  code: 'intended-use/statement',
  message: manifest.statement.en,
})

async function reportScreened(
  file: string,
  read: ReadJobResult,
  outcome: { result: ScreeningResult; pack: AppDescription['pack'] },
  made: MadeCine | null,
  report: ReportSettings,
): Promise<WrittenReport> {
  const cine = made && toReportCine(made.values, made)
  return writeReportFile(recordOfFile(file, read, outcome, cine), outputStem(file, read.sha256), report)
}

/** A refused recording that could be read has a report too: its ECG, and why nothing more is said. */
async function withReport(
  line: RefusedLine,
  read: ReadJobResult | null,
  report: ReportSettings | null,
): Promise<RefusedLine> {
  if (!report || !read) return line
  const record = recordOfFile(line.file, read, { refusal: line.error }, null)
  return { ...line, report: await writeReportFile(record, outputStem(line.file, read.sha256), report) }
}

function toPrepared({ path, reply, sha256, readMs }: ReadFile): PreparedFile | RefusedFile {
  if (!reply.ok) return { refused: refusedLine(path, reply.error, sha256), read: null }
  const { prepared, refusal } = reply.value
  if (!prepared) return { refused: refusedLine(path, refusal!, sha256), read: reply.value }
  return { file: path, read: { ...reply.value, prepared }, readMs }
}
