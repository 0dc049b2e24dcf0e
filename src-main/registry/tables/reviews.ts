import { createHash } from 'node:crypto'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { signText } from '../audit/signing-key.ts'
import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

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
}

const COLUMNS = `state, agreement, conclusion, reason, reviewed_ms AS reviewedMs, offset_minutes AS offsetMinutes,
  reviewer_id AS reviewerId, reviewer_name AS reviewerName, record_sha256 AS recordSha256, signature`

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

/** draft → reviewed, as often as wanted until it is signed. @throws AppError `screening/signed-already` */
export function reviewScreening(change: Change, screeningId: string, opinion: Opinion): void {
  const current = currentReview(change.db, screeningId)
  if (current !== null && current.state !== 'reviewed') {
    throw new AppError('screening/signed-already', 'This screening is signed. Amend it, with a reason.')
  }
  add(change, screeningId, 'reviewed', opinion, null)
}

/**
 * reviewed → signed. The caller has had the password entered again; name, time and meaning are bound to the record by
 * the signature.
 *
 * @throws AppError `screening/not-reviewed`, `screening/signed-already`
 */
export function signScreening(change: Change, screeningId: string): void {
  const current = currentReview(change.db, screeningId)
  if (current === null) throw new AppError('screening/not-reviewed', 'Review this screening before you sign it.')
  if (current.state !== 'reviewed') throw new AppError('screening/signed-already', 'This screening is signed already.')
  if (current.reviewerId !== change.by.id) {
    throw new AppError(
      'screening/reviewed-by-another',
      'Another person reviewed this screening. Review it yourself before you sign it.',
    )
  }
  add(change, screeningId, 'signed', current, null)
}

/** signed → amended, again and again; each earlier signature stays. @throws AppError `screening/not-signed` */
export function amendScreening(change: Change, screeningId: string, opinion: Opinion, reason: string): void {
  const current = currentReview(change.db, screeningId)
  if (current === null || current.state === 'reviewed') {
    throw new AppError('screening/not-signed', 'This screening is not signed yet. Review and sign it.')
  }
  add(change, screeningId, 'amended', opinion, reason)
}

/** SHA-256 over what a signature speaks of: the screening as stored, the opinion, who, when and in what meaning. */
export function reviewedRecordSha256(
  db: ReadableDb,
  screeningId: string,
  review: Omit<Review, 'recordSha256' | 'signature'>,
): string {
  const screening = statement<Record<string, unknown>>(db, 'SELECT * FROM screening WHERE id = ?').get(screeningId)
  if (!screening) throw new AppError('screening/unknown', 'This screening is not in the registry.')
  // The row number is of one file; the record is the same in every registry that it travels to.
  delete screening['number']
  const { state, agreement, conclusion, reason, reviewedMs, offsetMinutes, reviewerId, reviewerName } = review
  const said = { state, agreement, conclusion, reason, reviewedMs, offsetMinutes, reviewerId, reviewerName }
  return createHash('sha256')
    .update(canonicalJson({ screening, review: said }))
    .digest('hex')
}

function add(
  change: Change,
  screeningId: string,
  state: Review['state'],
  { agreement, conclusion }: Opinion,
  reason: string | null,
): void {
  const { db, at, by } = change
  if (by.id === null) throw new Error('a review is a person’s')
  const before = currentReview(db, screeningId)
  const review = {
    state,
    agreement,
    conclusion,
    reason,
    reviewedMs: at.utcMs,
    offsetMinutes: at.offsetMinutes,
    reviewerId: by.id,
    reviewerName: by.name,
  }
  const recordSha256 = reviewedRecordSha256(db, screeningId, review)
  const signature = state === 'reviewed' ? null : signText(db, `cardionets/review/v1/${recordSha256}`)
  statement(
    db,
    `INSERT INTO review (screening_id, state, agreement, conclusion, reason, reviewed_ms, offset_minutes, reviewer_id,
       reviewer_name, record_sha256, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    screeningId,
    state,
    agreement,
    conclusion,
    reason,
    at.utcMs,
    at.offsetMinutes,
    by.id,
    by.name,
    recordSha256,
    signature,
  )
  const said = (one: Review | null) =>
    one && { state: one.state, agreement: one.agreement, conclusion: one.conclusion, recordSha256: one.recordSha256 }
  change.audit({
    action: `screening:${{ reviewed: 'review', signed: 'sign', amended: 'amend' }[state]}`,
    kind: 'screening',
    id: screeningId,
    before: said(before),
    after: { state, agreement, conclusion, recordSha256 },
    ...(reason !== null && { reason }),
  })
}
