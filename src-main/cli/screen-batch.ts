import { AppError, type ErrorReply } from '../../src-preload/contract/index.ts'
import { atSite, type DiseaseAtSite } from '../../src-preload/contract/findings/at-site.ts'
import type { DiseaseResult, ScreeningResult } from '../../src-preload/contract/screening.ts'
import type { ReadJobResult } from '../app/reading/read-job.ts'
import type { Engine } from '../inference/engine.ts'
import type { SiteChoice } from '../screening/site-choice.ts'
import { toScreeningParts } from '../screening/to-screening-parts.ts'
import type { ReadFile, RefusedLine } from './read-files.ts'
import { screenRows, type ScreenedRow } from './screen-rows.ts'
import { writeCine, type CineSettings, type WrittenCine } from './write-cine.ts'

export type ScreenedLine = { file: string; sha256: string; status: 'screened' } & ScreeningResult & {
    /** As the site reads them, where it said how common a disease is there. */
    atSite?: ({ id: DiseaseResult['id'] } & DiseaseAtSite)[]
    cine?: WrittenCine
  }

type PreparedFile = {
  file: string
  read: ReadJobResult & { prepared: NonNullable<ReadJobResult['prepared']> }
  readMs: number
}

/** Files whose recordings are on their way through the encoder. */
export interface StartedBatch {
  items: (PreparedFile | RefusedLine)[]
  rows: Promise<ScreenedRow[]>
}

/** Hands the recordings of each group of files to the encoder together, without waiting for what it says. */
export async function* startBatches(engine: Engine, groups: AsyncIterable<ReadFile[]>): AsyncGenerator<StartedBatch> {
  for await (const files of groups) {
    const items = files.map(toPrepared)
    const prepared = items.flatMap((item) => ('read' in item ? [item.read.prepared] : []))
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
  { cine, site }: { cine: CineSettings | null; site: SiteChoice },
  signal: AbortSignal,
): AsyncGenerator<ScreenedLine | RefusedLine> {
  const { items } = batch
  const rows = await batch.rows
  let next = 0
  for (const item of items) {
    if (!('read' in item)) {
      yield item
      continue
    }
    const row = rows[next++]!
    if (!row.ok) {
      yield refusedLine(item.file, row.error, item.read.sha256)
      continue
    }
    const started = performance.now()
    const { file, read, readMs } = item
    try {
      const parts = toScreeningParts(row.outputs, engine, { ...read.summary, marks: read.prepared.marks }, site)
      const written = cine && (await writeCine(engine, file, read, cine, signal))
      yield {
        file,
        sha256: read.sha256,
        status: 'screened',
        ecg: { ...read.summary, window: read.prepared.window },
        pack: engine.identity,
        provider: row.provider,
        ...parts,
        ...(Object.keys(site.prevalence).length > 0 && {
          atSite: parts.diseases.map((disease) => ({ id: disease.id, ...atSite(disease) })),
        }),
        ...(written && { cine: written.cine }),
        timingsMs: {
          read: readMs,
          encode: row.encodeMs,
          ...(written && { cine: written.timingsMs.total }),
          total: readMs + row.encodeMs + performance.now() - started,
        },
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      yield refusedLine(file, error.toReply(), read.sha256)
    }
  }
}

function toPrepared({ path, reply, readMs }: ReadFile): PreparedFile | RefusedLine {
  if (!reply.ok) return refusedLine(path, reply.error)
  const { prepared, refusal, sha256 } = reply.value
  if (!prepared) return refusedLine(path, refusal!, sha256)
  return { file: path, read: { ...reply.value, prepared }, readMs }
}

function refusedLine(file: string, error: ErrorReply, sha256?: string): RefusedLine {
  return { file, ...(sha256 !== undefined && { sha256 }), status: 'refused', error }
}
