import { protocolChanges, versionHashes } from '../protocol/amend.ts'
import { csvTable } from './csv.ts'
import { countedTruth, currentProtocol, type Reading, type StudyRecord } from './study-record.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const seconds = (ms: number): number => Math.round(ms / 100) / 10

const readingColumns = [
  'reader_id',
  'seniority',
  'case_id',
  'truth',
  'stratum',
  'stage',
  'arm',
  'sitting',
  'position',
  'pass',
  'previous_arm',
]
const timeColumns = [
  'active_s',
  'away_s',
  'submitted_utc',
  'opened_early',
  'clock_flagged',
  'over_time',
  'revisions',
  'protocol_version',
]

function readingCells(one: Reading) {
  return [
    one.readerId,
    one.seniority,
    one.caseId,
    one.truth,
    one.stratum,
    one.stageId,
    one.arm,
    one.sitting,
    one.position,
    one.pass,
    one.previousArm,
  ]
}

function timeCells(one: Reading) {
  return [
    seconds(one.activeMs),
    seconds(one.awayMs),
    iso(one.submittedMs),
    Number(one.openedEarly),
    Number(one.clockFlagged),
    Number(one.overTime),
    one.revisions,
    one.version,
  ]
}

/** One line an answer. */
export function longAnswers(study: StudyRecord, readings: readonly Reading[]): string {
  const { questions } = currentProtocol(study)
  return csvTable(
    [...readingColumns, 'question', 'answer', ...timeColumns],
    readings.flatMap((one) =>
      questions.flatMap(({ id }) =>
        one.answers[id] === undefined ? [] : [[...readingCells(one), id, one.answers[id], ...timeCells(one)]],
      ),
    ),
  )
}

/** One line a read, one column a question. */
export function wideAnswers(study: StudyRecord, readings: readonly Reading[]): string {
  const { questions } = currentProtocol(study)
  return csvTable(
    [...readingColumns, ...questions.map(({ id }) => `answer_${id}`), ...timeColumns],
    readings.map((one) => [...readingCells(one), ...questions.map(({ id }) => one.answers[id]), ...timeCells(one)]),
  )
}

export function allocationTable({ reads }: StudyRecord): string {
  return csvTable(
    ['read_id', 'reader_id', 'stage', 'sitting', 'position', 'case_id', 'arm', 'training'],
    reads.map((one) => [
      one.readId,
      one.readerId,
      one.stageId,
      one.sitting,
      one.position,
      one.caseId,
      one.arm,
      Number(one.training),
    ]),
  )
}

export function truthTable(study: StudyRecord): string {
  const strata = new Map(currentProtocol(study).cases.map((one) => [one.caseId, one.stratum]))
  return csvTable(
    ['case_id', 'truth', 'subtype', 'stratum', 'model_score', 'model_call'],
    countedTruth(study).map((one) => [
      one.caseId,
      one.truth,
      one.subtype,
      strata.get(one.caseId),
      one.modelScore,
      one.modelCall,
    ]),
  )
}

/** What every version of the protocol changed, and its hash. */
export function versionsTable({ protocols, commitment }: StudyRecord): string {
  const hashes = versionHashes(protocols, commitment)
  return csvTable(
    ['version', 'sha256', 'reason', 'path', 'before', 'after'],
    protocols.flatMap(({ version, amendmentReason }, index) => {
      const about = [version, hashes[index]!, amendmentReason]
      const changes = index === 0 ? [] : protocolChanges(protocols[index - 1]!, protocols[index]!)
      return changes.length === 0
        ? [[...about, '', '', '']]
        : changes.map(({ path, before, after }) => [...about, path, before, after])
    }),
  )
}

export function readersTable(study: StudyRecord): string {
  return csvTable(
    ['reader_id', 'seniority'],
    currentProtocol(study).readers.map((one) => [one.readerId, one.seniority]),
  )
}

/** What every column of the tables means. */
export function dataDictionary(study: StudyRecord): string {
  const { questions } = currentProtocol(study)
  return csvTable(
    ['file', 'column', 'type', 'meaning'],
    [
      ['answers-*.csv', 'reader_id', 'integer', 'number of the reader, as in readers.csv'],
      ['answers-*.csv', 'seniority', 'text', 'group of the reader'],
      ['answers-*.csv', 'case_id', 'integer', 'number of the case, as in truth.csv'],
      ['answers-*.csv', 'truth', '0/1', '1: the case has the disease'],
      ['answers-*.csv', 'stratum', 'text', 'group of the case in the protocol'],
      ['answers-*.csv', 'stage', 'text', 'stage of the protocol'],
      ['answers-*.csv', 'arm', 'text', 'what was shown: ecg, ecg-real, ecg-generated, ecg-both, generated'],
      ['answers-*.csv', 'sitting', 'integer', 'sitting of the reader, from 1'],
      ['answers-*.csv', 'position', 'integer', 'planned place among all reads of the reader, from 1'],
      ['answers-*.csv', 'pass', 'integer', '1: first read of the case by this reader in this stage'],
      ['answers-*.csv', 'previous_arm', 'text', 'arm of the diagnostic read of the case by this reader before'],
      ['answers-long.csv', 'question', 'text', 'name of the question'],
      ['answers-long.csv', 'answer', 'number or text', 'what was answered'],
      ...questions.map(({ id, kind, text }) => ['answers-wide.csv', `answer_${id}`, kind, text.en]),
      ['answers-*.csv', 'active_s', 'seconds', 'time with the case, without times away'],
      ['answers-*.csv', 'away_s', 'seconds', 'time without any input'],
      ['answers-*.csv', 'submitted_utc', 'ISO 8601', 'signed time of the submission'],
      ['answers-*.csv', 'opened_early', '0/1', '1: the stage was opened before the washout was over'],
      ['answers-*.csv', 'clock_flagged', '0/1', '1: the clock ran ahead during this run of the application'],
      ['answers-*.csv', 'over_time', '0/1', '1: the time limit was exceeded'],
      [
        'answers-*.csv',
        'revisions',
        'integer',
        'how often the reader submitted this read again; the last answer counts',
      ],
      ['answers-*.csv', 'protocol_version', 'integer', 'version of the protocol that was in force'],
      ['answer-history.csv', 'revision', 'integer', '1: the first change of this read, then 2, …'],
      ['answer-history.csv', 'before', 'number or text', 'the answer that was replaced; empty where there was none'],
      ['answer-history.csv', 'after', 'number or text', 'the answer that replaced it; empty where it was taken back'],
      ['answer-history.csv', 'changed_utc', 'ISO 8601', 'signed time of the change'],
      ['truth.csv', 'model_score', '0 to 1', 'probability of the model, computed before the study'],
      ['truth.csv', 'model_call', '0/1', 'call of the model at its own threshold'],
      [
        'protocol-versions.csv',
        'sha256',
        'hexadecimal',
        'of this version and all before it; version 1: the commitment',
      ],
      ['protocol-versions.csv', 'path', 'text', 'place in the protocol, with the value before and after as JSON'],
      ['allocation.csv', 'read_id', '128-bit name', 'the read in log.jsonl'],
    ],
  )
}
