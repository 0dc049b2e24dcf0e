import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { type CaseRow, readCaseTable } from '../../reader-study/cases/case-table.ts'
import { companionsBeside, openFile } from '../reading/open-file.ts'
import { readWithAnswers } from '../reading/read-with-answers.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'
import type { Services } from '../services.ts'
import type { CaseEcg } from './prepare-case.ts'
import { type CaseSource, type PreparationReport, prepareCases, type PrepareOptions } from './prepare-cases.ts'
import { readRealCine, type TakenCine } from './real-cine.ts'

export const CASE_TABLE_NAME = 'truth.csv'

/**
 * Reads a folder with a truth table, and prepares every case of it. Files are read with what users answered before
 * about files of the same header.
 *
 * @returns problems by row and column; where there is one, the study's cases stay as they were
 * @throws AppError `study/no-case-table`, and as `prepareCases`
 */
export async function prepareFolder(
  services: Services,
  studyId: string,
  folder: string,
  options: PrepareOptions,
): Promise<PreparationReport> {
  const { rows, problems } = readCaseTable(await caseTable(folder))
  if (problems.length > 0 || rows.length === 0) return { cases: 0, problems, notes: [] }
  const reader = services.openReader()
  try {
    return await prepareCases(
      services,
      studyId,
      rows.map((row) => sourceOf(services, reader, folder, row)),
      options,
    )
  } finally {
    reader.close()
  }
}

function sourceOf(services: Services, reader: WatchedReader, folder: string, row: CaseRow): CaseSource {
  const { caseId, truth, subtype, stratum, training } = row
  return {
    row: row.row,
    known: { caseId, truth, subtype },
    stratum,
    training,
    columns: { ecg: 'ecg_file', real: 'real_cine' },
    readEcg: () => readEcg(services, reader, join(folder, row.ecgFile)),
    readReal(): Promise<TakenCine> {
      if (row.realCine === '')
        throw new AppError('study/cine-missing', 'The study shows a real cine, and none is named.')
      return readRealCine(services, join(folder, row.realCine), row.cine)
    },
  }
}

async function readEcg(services: Services, reader: WatchedReader, path: string): Promise<CaseEcg> {
  const wants = { leads: true, screening: true }
  const reply = await readWithAnswers(services.answers, reader, await openFile(path), companionsBeside(path), wants)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const { prepared, refusal, leads, summary } = reply.value
  if (!prepared || !leads)
    throw new AppError(refusal?.code ?? 'study/ecg-unfit', refusal?.message ?? 'The file has no twelve leads.')
  return { summary, leads, prepared }
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
