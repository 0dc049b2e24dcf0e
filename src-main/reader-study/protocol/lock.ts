import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { hashOf } from './canonical-json.ts'
import { protocolProblems } from './check-protocol.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What is shown and written down when a study is locked; it fixes everything that a later hand could wish to change. */
export const Commitment = z.strictObject({
  protocolSha256: sha256,
  /** Of the case list with each case's prepared content. */
  casesSha256: sha256,
  /** Of the sealed truth and allocation, before sealing. */
  allocationSha256: sha256,
  /** Of the readers' public keys: nobody can sign answers anew with keys made afterwards. */
  readersSha256: sha256,
  /** The versions that prepared the cases. */
  appVersion: z.string(),
  packSha256: z.string(),
  lockedAt: z.string(),
  /** Of all lines above. */
  sha256,
})
export type Commitment = z.infer<typeof Commitment>

/**
 * Freezes a protocol.
 *
 * @param parts  the hashes and versions that are fixed together with it
 * @throws AppError `study/protocol-incomplete` with the first problem
 */
export function commit(protocol: StudyProtocol, parts: Omit<Commitment, 'protocolSha256' | 'sha256'>): Commitment {
  const [problem] = protocolProblems(protocol)
  if (problem) throw new AppError('study/protocol-incomplete', `${problem.path}: ${problem.message}`)
  const lines = { protocolSha256: hashOf(protocol), ...parts }
  return { ...lines, sha256: hashOf(lines) }
}

/** Whether a commitment belongs to this protocol and is itself unchanged. */
export function isCommitted(protocol: StudyProtocol, commitment: Commitment): boolean {
  const { sha256: whole, ...lines } = commitment
  return hashOf(lines) === whole && hashOf(protocol) === lines.protocolSha256
}
