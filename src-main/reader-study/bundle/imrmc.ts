import { AppError } from '../../../src-preload/contract/errors.ts'
import { countedTruth, currentProtocol, type Reading, type StudyRecord } from './study-record.ts'

/**
 * The input file of the FDA's iMRMC: a header of counts, then `reader,case,modality,score`; the truth as reader −1.
 *
 * iMRMC compares the counts with what it finds, so they count the readers and modalities that have a score. It looks for
 * "N0:" and the like anywhere in a line of the header, so the title loses its colons.
 *
 * @see iMRMC's InputFile.java, getExperimentSizeFromHeader and verifySizesAndGetIDs (github.com/DIDSR/iMRMC)
 */
export function imrmcText(study: StudyRecord, readings: readonly Reading[]): string {
  const { primary, title } = currentProtocol(study)
  const truth = countedTruth(study)
  const scored = readings.filter(
    (one) => one.stageKind === 'diagnostic' && typeof one.answers[primary.question] === 'number',
  )
  const diseased = truth.filter((one) => one.truth === 1).length
  const lines = [
    title.replace(/[\r\n:：]+/g, ' '),
    `NR: ${new Set(scored.map((one) => one.readerId)).size}`,
    `N0: ${truth.length - diseased}`,
    `N1: ${diseased}`,
    `NM: ${new Set(scored.map((one) => one.arm)).size}`,
    'BEGIN DATA:',
    ...truth.map((one) => `-1,${one.caseId},0,${one.truth}`),
    ...scored.map((one) => `${one.readerId},${one.caseId},${one.arm},${one.answers[primary.question]}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Ratings of such a file: what iMRMC would read. */
export interface ImrmcData {
  truth: Map<string, 0 | 1>
  scores: { reader: string; case: string; modality: string; score: number }[]
}

/** @throws AppError `study/imrmc-unreadable` with the line */
export function readImrmc(text: string): ImrmcData {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => line.trim().toUpperCase() === 'BEGIN DATA:')
  if (start === -1) throw new AppError('study/imrmc-unreadable', 'The file has no line "BEGIN DATA:".')
  const data: ImrmcData = { truth: new Map(), scores: [] }
  for (const [index, line] of lines.entries()) {
    if (index <= start || line.trim() === '') continue
    const [reader, name, modality, score] = line.split(',').map((part) => part.trim())
    if (score === undefined || !Number.isFinite(Number(score)))
      throw new AppError('study/imrmc-unreadable', `Line ${index + 1} is not "reader,case,modality,score".`)
    if (reader === '-1') data.truth.set(name!, Number(score) === 1 ? 1 : 0)
    else data.scores.push({ reader: reader!, case: name!, modality: modality!, score: Number(score) })
  }
  return data
}
