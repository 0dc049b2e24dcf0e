import { z } from 'zod'
import { allocate } from '../allocation/allocate.ts'
import { hashOf } from '../protocol/canonical-json.ts'
import { changedMeaning, versionHashes } from '../protocol/amend.ts'
import { isCommitted } from '../protocol/lock.ts'
import { brokenAt, keysHash, LogEnd, logEnds } from '../reading/log.ts'
import { type BundleFiles, bundleFiles, checksums, readBundle } from './bundle-files.ts'
import { currentProtocol, type StudyRecord } from './study-record.ts'

export interface Check {
  name: string
  ok: boolean
  /** What was found where it is not so. */
  finding?: string
}

/**
 * Checks a bundle from the ground up: checksums, the commitment, the allocation from its seed, every signed line, and
 * every table and number anew from them. All of it hangs on the commitment, which only a person can hold against paper.
 *
 * @param writtenDown  the commitment that was written down at the lock
 * @throws AppError `study/bundle-unreadable`
 */
export function verifyBundle(files: BundleFiles, writtenDown?: string): Check[] {
  const study = readBundle(files)
  const { sha256 } = study.commitment
  return [
    ...(writtenDown === undefined
      ? []
      : [check('commitment as written down', () => (writtenDown === sha256 ? null : `the bundle holds ${sha256}`))]),
    check('checksums', () => checksumFinding(files)),
    check('protocol', () => protocolFinding(study)),
    check('allocation', () => allocationFinding(study)),
    check('signed logs', () => logFinding(study) ?? logEndFinding(study)),
    check('reads', () => readFinding(study)),
    check('tables and numbers', () => derivedFinding(files, study)),
  ]
}

function check(name: string, find: () => string | null): Check {
  const finding = find()
  return finding === null ? { name, ok: true } : { name, ok: false, finding }
}

function checksumFinding(files: BundleFiles): string | null {
  if (!files.has('SHA256SUMS')) return 'SHA256SUMS is missing'
  const listed = Buffer.from(files.get('SHA256SUMS')!).toString().trim().split('\n')
  const actual = checksums(files).trim().split('\n')
  const wrong = actual.find((line) => !listed.includes(line)) ?? listed.find((line) => !actual.includes(line))
  return wrong === undefined ? null : `${wrong.slice(66)} is not what SHA256SUMS says`
}

function protocolFinding({ protocols, commitment, audit }: StudyRecord): string | null {
  const [first] = protocols
  if (!isCommitted(first!, commitment)) return 'the protocol is not the one that was locked'
  for (const [index, version] of protocols.entries()) {
    if (version.version !== index + 1) return `version ${index + 1} is missing`
    if (index > 0 && version.amendmentReason === '') return `version ${index + 1} gives no reason`
  }
  const hashes = versionHashes(protocols, commitment)
  const kept = audit.filter((entry) => entry['action'] === 'study:protocol').map((entry) => String(entry['afterJson']))
  const wrong = hashes.findIndex((sha256, index) => !kept[index]?.includes(`"sha256":"${sha256}"`))
  if (wrong !== -1) return `version ${wrong + 1} is not the one that the audit trail names`
  return kept.length === hashes.length ? null : `the audit trail names ${kept.length} versions of the protocol`
}

function allocationFinding(study: StudyRecord): string | null {
  const secrets = { truth: study.truth, reads: study.reads, pictureProbes: study.pictureProbes }
  if (hashOf(secrets) !== study.commitment.allocationSha256)
    return 'truth, allocation or picture probes are not those that were sealed'
  const again = allocate(study.protocols[0]!, Buffer.from(study.seed, 'hex'))
  return hashOf(again) === hashOf(study.reads) ? null : 'the seed gives another allocation'
}

function logFinding(study: StudyRecord): string | null {
  if (keysHash(study.readerKeys) !== study.commitment.readersSha256)
    return 'the readers’ keys are not those that the study was locked with'
  for (const { readerId } of currentProtocol(study).readers) {
    const own = study.log.filter((entry) => entry.readerId === readerId)
    const key = study.readerKeys.find((one) => one.readerId === readerId)
    if (!key) return `reader ${readerId} has no key`
    const broken = brokenAt(own, key.publicKey)
    if (broken) return broken
  }
  return null
}

const LockedData = z.object({ logs: z.array(LogEnd) })

/** A log that was cut off at its end is a whole one to its signatures; the lock of the data says where each ended. */
function logEndFinding({ audit, readerKeys, log }: StudyRecord): string | null {
  const locked = audit.find((entry) => entry['action'] === 'study:lock-data')
  const kept = LockedData.safeParse(JSON.parse(String(locked?.['afterJson'] ?? null)))
  if (!kept.success) return 'the audit trail does not say where the logs ended when the data were locked'
  const { logs } = kept.data
  const ends = logEnds(
    readerKeys.map((one) => one.readerId),
    log,
  )
  const other = ends.find((end) => hashOf(end) !== hashOf(logs.find((one) => one.readerId === end.readerId) ?? null))
  return other ? `the log of reader ${other.readerId} does not end where it ended when the data were locked` : null
}

function readFinding(study: StudyRecord): string | null {
  const planned = new Map(study.reads.map((read) => [read.readId, read.readerId]))
  const current = currentProtocol(study)
  const { finalOnSubmit } = current
  /** Submitted, and whether it may be submitted again. */
  const submitted = new Map<string, boolean>()
  for (const { readerId, body } of study.log) {
    if (body.kind !== 'submitted' && body.kind !== 'reopened') continue
    const { readId, kind } = body
    if (planned.get(readId) !== readerId) return `reader ${readerId} submitted a read that was not planned`
    if (kind === 'reopened') {
      if (finalOnSubmit) return `reader ${readerId} went back to a read, which the protocol does not allow`
      submitted.set(readId, true)
    } else {
      const read = study.protocols[body.version - 1]
      if (!read || changedMeaning(read, current) !== null)
        return `reader ${readerId} read under version ${body.version} of the protocol, which asks or shows something else`
      if (submitted.get(readId) === false) return `reader ${readerId} submitted a read twice`
      submitted.set(readId, false)
    }
  }
  return null
}

function derivedFinding(files: BundleFiles, study: StudyRecord): string | null {
  for (const [name, bytes] of bundleFiles(study)) {
    const found = files.get(name)
    if (!found) return `${name} is missing`
    // The checksums have their own check.
    if (name !== 'SHA256SUMS' && Buffer.compare(bytes, found) !== 0)
      return `${name} does not follow from the study’s record`
  }
  return null
}
