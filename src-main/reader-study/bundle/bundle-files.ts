import { createHash } from 'node:crypto'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { analyse, analysisText, type StudyAnalysis } from '../analysis/analyse.ts'
import { canonicalJson } from '../protocol/canonical-json.ts'
import { answerHistory } from './answer-history.ts'
import { imrmcText } from './imrmc.ts'
import { rjafrocWorkbook } from './rjafroc.ts'
import { readingsOf, StudyRecord } from './study-record.ts'
import {
  allocationTable,
  dataDictionary,
  longAnswers,
  readersTable,
  truthTable,
  versionsTable,
  wideAnswers,
} from './tables.ts'

/** A bundle's files by name. */
export type BundleFiles = Map<string, Uint8Array>

const CHECKSUMS = 'SHA256SUMS'

const README = `This holds one closed reader study, frozen. "cardionets study verify BUNDLE" checks every line of it, and
"cardionets study analyse BUNDLE" computes every number of analysis.json anew from it; BUNDLE is the ZIP file or the
folder that it unpacks to.

protocol.json        all versions of the protocol
protocol-versions.csv  what each version changed, why, and its hash
commitment.json      what was fixed when the study was locked
seed.txt             the seed of the allocation
reads.json, truth.json  the next two tables as the application keeps them
picture-probes.json  how well border, grey levels, spectrum and motion alone told real from generated at the lock
allocation.csv       every planned read: reader, case, arm, order, sitting
truth.csv            truth and model scores by case
readers.csv          readers by number and seniority
log.jsonl            the signed logs of all readers, line by line
reader-keys.json     the public keys of the logs
audit.jsonl          the study's entries of the audit trail
answers-long.csv     one line an answer
answers-wide.csv     one line a read
answer-history.csv   every answer that was changed after its submission, before and after
data-dictionary.csv  what the columns mean
study.imrmc          for iMRMC (FDA)
study-rjafroc.xlsx   for RJafroc: confidence + 1 as the rating, modalities numbered from 0 as in study.imrmc
analysis.json        the report
SHA256SUMS           of all files
`

/** Writes a study's record as files. Those that follow from others are made here and made again by `verify`. */
export function bundleFiles(study: StudyRecord): BundleFiles {
  const readings = readingsOf(study)
  const texts: Record<string, string> = {
    'README.txt': README,
    'protocol.json': json(study.protocols),
    'protocol-versions.csv': versionsTable(study),
    'commitment.json': json(study.commitment),
    'seed.txt': `${study.seed}\n`,
    'reads.json': json(study.reads),
    'truth.json': json(study.truth),
    'picture-probes.json': json(study.pictureProbes),
    'allocation.csv': allocationTable(study),
    'truth.csv': truthTable(study),
    'readers.csv': readersTable(study),
    'log.jsonl': lines(study.log),
    'reader-keys.json': json(study.readerKeys),
    'audit.jsonl': lines(study.audit),
    'answers-long.csv': longAnswers(study, readings),
    'answers-wide.csv': wideAnswers(study, readings),
    'answer-history.csv': answerHistory(study),
    'data-dictionary.csv': dataDictionary(study),
    'study.imrmc': imrmcText(study, readings),
    'analysis.json': analysisText(analyse(study)),
  }
  const files: BundleFiles = new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]))
  files.set('study-rjafroc.xlsx', rjafrocWorkbook(study, readings))
  files.set(CHECKSUMS, Buffer.from(checksums(files)))
  return files
}

/** In the form that `sha256sum --check` reads. */
export function checksums(files: BundleFiles): string {
  return [...files]
    .filter(([name]) => name !== CHECKSUMS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
    .join('')
}

/**
 * The record that a bundle holds.
 *
 * @throws AppError `study/bundle-unreadable` with the file
 */
export function readBundle(files: BundleFiles): StudyRecord {
  const text = (name: string): string => {
    const bytes = files.get(name)
    if (!bytes) throw new AppError('study/bundle-unreadable', `${name} is missing. Is this a study bundle?`)
    return Buffer.from(bytes).toString('utf8')
  }
  const parsed = (name: string, read: (content: string) => unknown): unknown => {
    try {
      return read(text(name))
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      throw new AppError('study/bundle-unreadable', `${name} cannot be read.`, { cause })
    }
  }
  const jsonLines = (content: string): unknown[] =>
    content
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown)
  const record = StudyRecord.safeParse({
    protocols: parsed('protocol.json', JSON.parse),
    commitment: parsed('commitment.json', JSON.parse),
    seed: text('seed.txt').trim(),
    reads: parsed('reads.json', JSON.parse),
    truth: parsed('truth.json', JSON.parse),
    pictureProbes: parsed('picture-probes.json', JSON.parse),
    readerKeys: parsed('reader-keys.json', JSON.parse),
    log: parsed('log.jsonl', jsonLines),
    audit: parsed('audit.jsonl', jsonLines),
  })
  if (record.success) return record.data
  const [issue] = record.error.issues
  throw new AppError(
    'study/bundle-unreadable',
    `The bundle does not fit together: ${issue?.path.join('.')} ${issue?.message}`,
  )
}

export function analyseBundle(files: BundleFiles): StudyAnalysis {
  return analyse(readBundle(files))
}

// Keys in one order, so that a record that was read back gives the same bytes.
const json = (value: unknown): string => `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 1)}\n`
const lines = (values: readonly unknown[]): string => values.map((value) => `${canonicalJson(value)}\n`).join('')
