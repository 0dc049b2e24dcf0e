import type { ScreeningId } from '../../../src-preload/contract/index.ts'
import { currentReview } from '../../registry/tables/review-rows.ts'
import { amendScreening, reviewScreening, signScreening } from '../../registry/tables/reviews.ts'
import { getScreening } from '../../registry/tables/screenings.ts'
import type { Change } from '../../registry/registry.ts'
import type { Handlers } from '../dispatch.ts'
import { readEntry } from '../recordings/recording-entry.ts'
import type { Services } from '../services.ts'

type Channels = 'reviews:review' | 'reviews:sign' | 'reviews:amend'

/** `reviews:*` — a physician's word about a screening, and the signature under it. */
export function reviewHandlers({ access }: Services): Pick<Handlers, Channels> {
  function add(screeningId: ScreeningId, work: (change: Change) => void) {
    const registry = access.registry()
    registry.change(access.actor(), work)
    return readEntry(registry.db, getScreening(registry.db, screeningId).recordingId)
  }
  return {
    'reviews:review': ({ screeningId, agreement, conclusion }) =>
      add(screeningId, (change) => reviewScreening(change, screeningId, { agreement, conclusion })),
    async 'reviews:sign'({ screeningId, agreement, conclusion, password }) {
      await access.confirmPassword(password)
      return add(screeningId, (change) => {
        const last = currentReview(change.db, screeningId)
        const said = last?.state === 'reviewed' && last.reviewerId === change.by.id
        // What is signed is what stands in the form, so that is what is reviewed first.
        if (!said || last.agreement !== agreement || last.conclusion !== conclusion) {
          reviewScreening(change, screeningId, { agreement, conclusion })
        }
        signScreening(change, screeningId)
      })
    },
    async 'reviews:amend'({ screeningId, agreement, conclusion, reason, password }) {
      await access.confirmPassword(password)
      return add(screeningId, (change) => amendScreening(change, screeningId, { agreement, conclusion }, reason))
    },
  }
}
