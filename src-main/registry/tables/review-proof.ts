import { createHash } from 'node:crypto'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { isSignedBy, publicKeyPem, workspaceIdentity } from '../audit/signing-key.ts'
import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb } from '../database.ts'
import { findPartner } from '../exchange/partners.ts'
import { listReviews, type Review } from './review-rows.ts'

/** `unknown-key`: signed in a workspace whose key was never compared here. */
export type SignatureState = 'none' | 'verified' | 'unknown-key'

export type ProvenReview = Review & { readonly signatureState: SignatureState }

export interface ProvenReviews {
  /** First to last, without those that were altered. */
  readonly intact: readonly ProvenReview[]
  /** How many are not what was entered, or speak of a screening that is no longer what it was. */
  readonly altered: number
}

/**
 * What a signature speaks of. The screening's columns are named, so that a later column does not undo what was signed;
 * its recording is named by its waveform, for its id may be another one in another workspace.
 */
const SIGNED_COLUMNS = `screening.id, waveform_sha256, pack_id, pack_version, pack_sha256, provider, seed,
  preprocessing_version, input_sha256, result_json, positive_cad, positive_hf, positive_cm, positive_ph, screened_ms,
  screened_by`

export const signedText = (recordSha256: string): string => `cardionets/review/v2/${recordSha256}`

/** SHA-256 over the screening as stored, the opinion, who, when and in what meaning. @throws AppError `screening/unknown` */
export function reviewedRecordSha256(
  db: ReadableDb,
  screeningId: string,
  review: Omit<Review, 'recordSha256' | 'signature' | 'workspace'>,
): string {
  const screening = statement<Record<string, unknown>>(
    db,
    `SELECT ${SIGNED_COLUMNS} FROM screening JOIN recording ON recording.id = recording_id WHERE screening.id = ?`,
  ).get(screeningId)
  if (!screening) throw new AppError('screening/unknown', 'This screening is not in the registry.')
  const { state, agreement, conclusion, reason, reviewedMs, offsetMinutes, reviewerId, reviewerName } = review
  const said = { state, agreement, conclusion, reason, reviewedMs, offsetMinutes, reviewerId, reviewerName }
  return createHash('sha256')
    .update(canonicalJson({ screening, review: said }))
    .digest('hex')
}

/** All that was said of a screening, each word held against its hash and its signature. */
export function provenReviews(db: ReadableDb, screeningId: string): ProvenReviews {
  const reviews = listReviews(db, screeningId)
  const intact = reviews.flatMap((review) => {
    const signatureState = judge(db, screeningId, review)
    return signatureState === 'altered' ? [] : [{ ...review, signatureState }]
  })
  return { intact, altered: reviews.length - intact.length }
}

/** Whether a word about a screening, or the screening that it is about, is not what was entered. */
export function isAltered(db: ReadableDb, screeningId: string): boolean {
  return listReviews(db, screeningId).some((review) => judge(db, screeningId, review) === 'altered')
}

/** Nothing is built on a word that somebody changed. @throws AppError `screening/review-altered` */
export function requireUnaltered(db: ReadableDb, screeningId: string): void {
  if (!isAltered(db, screeningId)) return
  throw new AppError(
    'screening/review-altered',
    'A review of this screening, or the screening itself, is no longer what was entered or signed. ' +
      'Verify the audit trail, restore a good backup, or screen the recording again.',
  )
}

function judge(db: ReadableDb, screeningId: string, review: Review): SignatureState | 'altered' {
  if (reviewedRecordSha256(db, screeningId, review) !== review.recordSha256) return 'altered'
  if (review.signature === null) return 'none'
  const key = publicKeyOf(db, review.workspace)
  if (key === null) return 'unknown-key'
  return isSignedBy(key, signedText(review.recordSha256), review.signature) ? 'verified' : 'altered'
}

function publicKeyOf(db: ReadableDb, workspace: string | null): string | null {
  const own = publicKeyPem(db)
  if (workspace === null || workspace === workspaceIdentity(own)) return own
  return findPartner(db, workspace)?.publicKey ?? null
}
