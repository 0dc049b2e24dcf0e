import { statement, type ReadableDb } from '../database.ts'

export type ReviewState = 'draft' | 'reviewed' | 'signed' | 'amended'
export type Agreement = 'agree' | 'disagree'

export interface Opinion {
  readonly agreement: Agreement
  /** The reviewer's own conclusion. */
  readonly conclusion: string
}

export interface Review extends Opinion {
  readonly state: Exclude<ReviewState, 'draft'>
  readonly reason: string | null
  readonly reviewedMs: number
  readonly offsetMinutes: number
  readonly reviewerId: string
  readonly reviewerName: string
  /** SHA-256 over the screening and this opinion: what the signature speaks of. */
  readonly recordSha256: string
  /** Ed25519 by the workspace's key, base64; null where the review is not signed. */
  readonly signature: string | null
  /** Whose key signed; null for this workspace. */
  readonly workspace: string | null
}

const COLUMNS = `state, agreement, conclusion, reason, reviewed_ms AS reviewedMs, offset_minutes AS offsetMinutes,
  reviewer_id AS reviewerId, reviewer_name AS reviewerName, record_sha256 AS recordSha256, signature,
  workspace`

export function currentReview(db: ReadableDb, screeningId: string): Review | null {
  return (
    statement<Review>(db, `SELECT ${COLUMNS} FROM review WHERE screening_id = ? ORDER BY number DESC LIMIT 1`).get(
      screeningId,
    ) ?? null
  )
}

/** All that was ever said about a screening, first to last. */
export function listReviews(db: ReadableDb, screeningId: string): Review[] {
  return statement<Review>(db, `SELECT ${COLUMNS} FROM review WHERE screening_id = ? ORDER BY number`).all(screeningId)
}
