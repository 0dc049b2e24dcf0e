import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CaseTableReport } from '../../../src-preload/contract/study.ts'
import { choosePlane } from '../../cmr/plane.ts'
import { defaultPreparation, prepareCine } from '../../cmr/prepare.ts'
import { resamplePolyphase } from '../../ecg/preprocessing/resample.ts'
import type { Engine } from '../../inference/engine.ts'
import type { CineReading } from '../../cmr/read-cines.ts'
import { type CaseRow, readCaseTable } from '../../reader-study/cases/case-table.ts'
import { ECG_RATE_HZ, neutralCine, neutralEcg } from '../../reader-study/cases/prepare-item.ts'
import { replaceCases, type PreparedCase } from '../../registry/studies/study-cases.ts'
import { getStudy, saveDraft } from '../../registry/studies/studies.ts'
import { cycleMsOf } from '../../screening/cine/cycle.ts'
import { toScreeningParts } from '../../screening/to-screening-parts.ts'
import { companionsBeside, openFile, type NamedBytes } from '../reading/open-file.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'
import type { Services } from '../services.ts'
import { studyBanner } from './banner.ts'

export const CASE_TABLE_NAME = 'truth.csv'
const MOST_SERIES_FILES = 400

/**
 * Reads a folder with a truth table, and brings every case into the one form of the study: ECG, real cine and a cine
 * generated now, all before the first read. Nothing is kept of names or headers.
 *
 * @returns problems by row and column; where there is one, the study's cases stay as they were
 * @throws AppError `study/not-a-draft`, `study/no-case-table`, `pack/…` where a cine cannot be generated
 */
export async function prepareFolder(services: Services, studyId: string, folder: string): Promise<CaseTableReport> {
  const registry = services.access.registry()
  const { draft } = getStudy(registry.db, studyId)
  if (!draft) throw new AppError('study/not-a-draft', 'The cases of a locked study do not change.')
  const { rows, problems } = readCaseTable(await caseTable(folder))
  if (problems.length > 0 || rows.length === 0) return { cases: 0, problems }
  const arms = new Set(draft.protocol.stages.flatMap((stage) => stage.arms))
  const wants = {
    real: arms.has('ecg-real') || arms.has('ecg-both'),
    generated: ['ecg-generated', 'ecg-both', 'generated'].some((arm) => arms.has(arm as 'generated')),
  }
  const engine = await services.engine()
  const reader = services.openReader()
  const prepared: PreparedCase[] = []
  const banner = studyBanner()
  const put = (bytes: Uint8Array) => registry.blobs.put(bytes)
  try {
    for (const row of rows) {
      const problem = (column: string, error: unknown): void =>
        void problems.push({ row: row.row, column, message: sentenceOf(error) })
      try {
        const one = await prepareEcg(reader, engine, folder, row, wants.generated)
        const real = wants.real
          ? await realCine(services, folder, row).catch((error: unknown) => void problem('real_cine', error))
          : null
        prepared.push({
          truth: { ...one.truth },
          ecg: put(new Uint8Array(one.ecg.buffer)),
          real: real ? put(neutralCine(real, banner)) : null,
          generated: one.generated ? put(neutralCine(one.generated, banner)) : null,
          cycleMs: one.cycleMs,
        })
      } catch (error) {
        problem('ecg_file', error)
      }
    }
  } finally {
    reader.close()
  }
  if (problems.length > 0) return { cases: 0, problems }
  registry.change(services.access.actor(), (change) => {
    replaceCases(change, studyId, prepared)
    const cases = rows.map(({ caseId, stratum, training }) => ({ caseId, stratum, training }))
    saveDraft(change, { ...draft, protocol: { ...draft.protocol, cases } })
  })
  return { cases: rows.length, problems: [] }
}

async function caseTable(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, CASE_TABLE_NAME), 'utf8')
  } catch (cause) {
    throw new AppError(
      'study/no-case-table',
      `There is no readable ${CASE_TABLE_NAME} in this folder. Fill in the template and put it beside the files.`,
      { cause },
    )
  }
}

async function prepareEcg(reader: WatchedReader, engine: Engine, folder: string, row: CaseRow, generate: boolean) {
  const path = join(folder, row.ecgFile)
  const reply = await reader.read(await openFile(path), companionsBeside(path), { leads: true, screening: true })
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const { prepared, refusal, leads, summary } = reply.value
  if (!prepared || !leads) throw new AppError(refusal?.code ?? 'study/ecg-unfit', refusal?.message ?? 'No leads.')
  const { rateHz } = summary
  const from = Math.round(prepared.window.startS * rateHz)
  const to = from + Math.round(10 * rateHz)
  const ecg = neutralEcg(
    LEAD_NAMES.map((name) => {
      const { samplesMv } = leads.find((lead) => lead.name === name)!
      return Float32Array.from(resamplePolyphase(samplesMv.subarray(from, to), rateHz, ECG_RATE_HZ))
    }),
  )
  const { rows } = await engine.screen([prepared])
  const { diseases } = toScreeningParts(rows[0]!, engine, { ...summary, marks: prepared.marks })
  const disease = diseases.find((one) => one.id === 'cm')!
  const cines = generate
    ? await engine.generateCine({
        ecg: prepared.ecg,
        amplitude: prepared.amplitude,
        seeds: [seedOf(ecg)],
        sampler: engine.manifest.generator.defaultSampler,
      })
    : null
  return {
    ecg,
    generated: cines?.cines[0] ?? null,
    cycleMs: cycleMsOf(summary.heartRateBpm),
    truth: {
      caseId: row.caseId,
      truth: row.truth,
      subtype: row.subtype,
      modelScore: disease.probability,
      modelCall: disease.positive ? (1 as const) : (0 as const),
    },
  }
}

/** The ECG decides the seed: the same case gives the same cine, and no number of ours stands in it. */
const seedOf = (ecg: Int16Array): number =>
  createHash('sha256').update(new Uint8Array(ecg.buffer)).digest().readUInt32LE()

/** One plane over time from a file, or from a folder with one series. */
async function realCine(services: Services, folder: string, row: CaseRow): Promise<Float32Array> {
  if (row.realCine === '') throw new AppError('study/cine-missing', 'The study shows a real cine, and none is named.')
  const reply = await services.readCines(await filesAt(join(folder, row.realCine)))
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const { stacks, refusals }: CineReading = reply.value
  const [stack] = stacks
  if (!stack)
    throw new AppError(refusals[0]?.error.code ?? 'cmr/not-a-cine', refusals[0]?.error.message ?? 'No cine was found.')
  const slice = Math.floor((stack.size.slices - 1) / 2)
  const cine = choosePlane(stack, { plane: 'xy', slice, time: 'fourth' })
  return prepareCine(cine, defaultPreparation(cine))
}

async function filesAt(path: string): Promise<NamedBytes[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return [await openFile(path)]
  const names = (await readdir(path)).sort().slice(0, MOST_SERIES_FILES)
  return Promise.all(names.map((name) => openFile(join(path, name))))
}

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message} (${error.code})`
  throw error
}
