import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Amendment } from '../../../src-preload/contract/study-amendments.ts'
import { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { hashOf } from './canonical-json.ts'
import { protocolProblems } from './check-protocol.ts'
import type { Commitment } from './lock.ts'

/**
 * A new version of a locked protocol. What the sealed allocation was dealt from never changes: cases, readers, the
 * stages' order, arms and assignment, distance, length of sittings. After the first read, neither does what the reads
 * mean: stages, questions, finality and the primary analysis.
 *
 * @param started  a read was submitted
 * @throws AppError `study/amendment-reason`, `study/amendment-too-late`, `study/amendment-empty`, `study/protocol-incomplete`
 */
export function amend(
  previous: StudyProtocol,
  changes: Amendment,
  { reason, started }: { reason: string; started: boolean },
): StudyProtocol {
  if (reason.trim().length < 10)
    throw new AppError('study/amendment-reason', 'Say in a sentence why the protocol changes; it is exported with it.')
  const next = StudyProtocol.parse({
    ...previous,
    ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    version: previous.version + 1,
    amendmentReason: reason.trim(),
  })
  if (hashOf(dealtFrom(next)) !== hashOf(dealtFrom(previous)))
    throw new AppError(
      'study/amendment-too-late',
      'The allocation was dealt from cases, readers, arms, distance and length of sittings: they cannot change. Begin another study.',
    )
  const part = started ? changedMeaning(previous, next) : null
  if (part !== null)
    throw new AppError(
      'study/amendment-too-late',
      `The ${part} cannot change after the first read. Amend times, pauses or the title, or begin another study.`,
    )
  const [problem] = protocolProblems(next)
  if (problem) throw new AppError('study/protocol-incomplete', `${problem.path}: ${problem.message}`)
  if (protocolChanges(previous, next).length === 0)
    throw new AppError('study/amendment-empty', 'Nothing of the protocol was changed.')
  return next
}

/** What a read means hangs on these: the first of them in which two versions differ, or null. */
export function changedMeaning(before: StudyProtocol, after: StudyProtocol) {
  const parts = ['stages', 'questions', 'finalOnSubmit', 'primary'] as const
  return parts.find((part) => hashOf(before[part]) !== hashOf(after[part])) ?? null
}

const dealtFrom = ({ studyId, cases, readers, stages, minimumDistance, sitting, template }: StudyProtocol) => ({
  studyId,
  cases,
  readers,
  minimumDistance,
  template,
  maximumReads: sitting.maximumReads,
  stages: stages.map(({ id, kind, arms, assignment }) => ({ id, kind, arms, assignment })),
})

/** One value that differs between two versions. */
export interface ProtocolChange {
  /** `sitting.gapHours`, `stages.1.washoutDays` */
  path: string
  /** As JSON; empty where there was none. */
  before: string
  after: string
}

/** Every leaf that two versions do not share, in the order of the protocol; version and reason are not meant. */
export function protocolChanges(before: StudyProtocol, after: StudyProtocol): ProtocolChange[] {
  const rest = (protocol: StudyProtocol) => ({ ...protocol, version: 0, amendmentReason: '' })
  return changesOf(rest(before), rest(after), '')
}

function changesOf(before: unknown, after: unknown, path: string): ProtocolChange[] {
  if (isBranch(before) && isBranch(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => changesOf(before[name], after[name], path === '' ? name : `${path}.${name}`))
  }
  const [a, b] = [textOf(before), textOf(after)]
  return a === b ? [] : [{ path, before: a, after: b }]
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

/**
 * The hash of every version, first to last. The first is the study's commitment; each later one holds the hash before
 * it, so that no version can be changed, left out or put in between.
 */
export function versionHashes(protocols: readonly StudyProtocol[], { sha256 }: Commitment): string[] {
  const hashes = [sha256]
  for (const protocol of protocols.slice(1)) hashes.push(hashOf({ previous: hashes.at(-1)!, protocol }))
  return hashes
}
