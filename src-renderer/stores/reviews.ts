import { defineStore } from 'pinia'
import { call } from '../api.ts'
import type { ScreeningId } from '../contract.ts'
import { useRecordingsStore } from './recordings.ts'
import { useWorklistStore } from './worklist.ts'

export interface Opinion {
  agreement: 'agree' | 'disagree'
  conclusion: string
}

/** What a physician says of a screening. Each word is added; none is changed. */
export const useReviewsStore = defineStore('reviews', () => {
  const recordings = useRecordingsStore()
  const worklist = useWorklistStore()

  /** @throws AppError */
  async function review(screeningId: ScreeningId, opinion: Opinion): Promise<void> {
    recordings.put([await call('reviews:review', { screeningId, ...opinion })])
    await worklist.count()
  }

  /** @throws AppError `people/wrong-password` */
  async function sign(screeningId: ScreeningId, opinion: Opinion, password: string): Promise<void> {
    recordings.put([await call('reviews:sign', { screeningId, ...opinion, password })])
    await worklist.count()
  }

  /** @throws AppError `people/wrong-password` */
  async function amend(screeningId: ScreeningId, opinion: Opinion, reason: string, password: string): Promise<void> {
    recordings.put([await call('reviews:amend', { screeningId, ...opinion, reason, password })])
    await worklist.count()
  }

  return { review, sign, amend }
})
