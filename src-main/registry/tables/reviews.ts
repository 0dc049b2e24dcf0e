import { AppError } from '../../../src-preload/contract/errors.ts'
import { signText } from '../audit/signing-key.ts'
import { statement } from '../database.ts'
import type { Change } from '../registry.ts'
import { currentReview, type Opinion, type Review } from './review-rows.ts'
import { requireUnaltered, reviewedRecordSha256, signedText } from './review-proof.ts'

/** draft → reviewed, as often as wanted until it is signed. @throws AppError `screening/signed-already`, `screening/review-altered` */
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

function add(
  change: Change,
  screeningId: string,
  state: Review['state'],
  { agreement, conclusion }: Opinion,
  reason: string | null,
): void {
  const { db, at, by } = change
  if (by.id === null) throw new Error('a review is a person’s')
  requireUnaltered(db, screeningId)
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
  const signature = state === 'reviewed' ? null : signText(db, signedText(recordSha256))
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
