import { statement } from '../database.ts'
import { noteConflict } from './conflicts.ts'
import { insertRow } from './insert-row.ts'
import type { Row } from './packet.ts'
import type { Taking } from './taking.ts'

/**
 * Takes over what the other side said of a screening after what is said here. Where both sides went on by themselves,
 * nothing is added: somebody decides whose word stands.
 *
 * @param theirs  all reviews of one screening, first to last
 */
export function takeReviews(taking: Taking, screeningId: string, theirs: readonly Row[]): void {
  const { change, from } = taking
  const ours = statement<{ hash: string }>(
    change.db,
    'SELECT record_sha256 AS hash FROM review WHERE screening_id = ? ORDER BY number',
  )
    .all(screeningId)
    .map(({ hash }) => hash)
  const common = ours.every((hash, index) => index >= theirs.length || theirs[index]!['record_sha256'] === hash)
  const missing = theirs.filter((row) => !ours.includes(String(row['record_sha256'])))
  if (missing.length === 0) return
  if (common) {
    for (const row of missing) addReview(taking, row)
    return
  }
  const said = { reviews: missing.map((row) => ({ ...row })) }
  if (noteConflict(change, { workspace: from.workspace, kind: 'reviews', recordId: screeningId, theirs: said })) {
    taking.found('reviews')
  }
}

export function addReview(taking: Pick<Taking, 'change' | 'from' | 'ids' | 'blobs' | 'added'>, row: Row): void {
  const { change, from } = taking
  insertRow(change.db, 'review', row, taking, change.at.utcMs)
  change.audit({
    action: 'exchange:add',
    kind: 'review',
    id: String(row['screening_id']),
    after: {
      state: row['state'],
      agreement: row['agreement'],
      conclusion: row['conclusion'],
      by: row['reviewer_name'],
      recordSha256: row['record_sha256'],
      from: from.workspace,
    },
  })
  taking.added('review')
}
