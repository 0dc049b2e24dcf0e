import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, ReadingStep, StudyAnswers, StudyId } from '../contract.ts'

/** The case on the screen. Holds one case at a time and forgets it when the room is left. */
export const useReadingRoomStore = defineStore('reading-room', () => {
  const step = shallowRef<ReadingStep | null>(null)
  const error = shallowRef<ErrorReply | null>(null)
  const feedback = shallowRef<{ disease: 'yes' | 'no'; subtype: string | null } | null>(null)
  const pauseDue = shallowRef(false)
  const busy = shallowRef(false)

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    error.value = null
    try {
      await work()
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      busy.value = false
    }
  }

  const enter = (studyId: StudyId, room: { screenCalibrated: boolean; dimLight: boolean }): Promise<void> =>
    attempt(async () => {
      await call('study:check-room', { studyId, ...room })
      step.value = await call('study:next-step', { studyId })
    })

  const next = (studyId: StudyId): Promise<void> =>
    attempt(async () => {
      feedback.value = null
      pauseDue.value = false
      step.value = await call('study:next-step', { studyId })
    })

  /** A case that was submitted, to change its answers. */
  const reopen = (studyId: StudyId, readId: string): Promise<void> =>
    attempt(async () => {
      step.value = await call('study:reopen', { studyId, readId })
    })

  /** A half-answered case; its failure must not stop the reading, and shows at the submission at the latest. */
  async function keep(studyId: StudyId, readId: string, saved: Progress): Promise<void> {
    const { answers, activeMs, awayMs } = saved
    await call('study:save-answers', { studyId, readId, answers, activeMs, awayMs }).catch(() => undefined)
  }

  const submit = (studyId: StudyId, readId: string, given: Progress): Promise<void> =>
    attempt(async () => {
      const reply = await call('study:submit', { studyId, readId, ...given })
      feedback.value = reply.feedback
      pauseDue.value = reply.pauseDue
      if (!reply.feedback && !reply.pauseDue) step.value = await call('study:next-step', { studyId })
    })

  const pause = (studyId: StudyId): Promise<void> =>
    attempt(async () => {
      await call('study:begin-pause', { studyId })
      pauseDue.value = false
      step.value = await call('study:next-step', { studyId })
    })

  function leave(): void {
    step.value = null
    error.value = null
    feedback.value = null
    pauseDue.value = false
  }

  return { step, error, feedback, pauseDue, busy, enter, next, reopen, keep, submit, pause, leave }
})

export interface Progress {
  answers: StudyAnswers
  activeMs: number
  awayMs: number
  tools: Record<string, number>
}
