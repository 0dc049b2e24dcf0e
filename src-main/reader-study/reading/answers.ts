import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Question, Stage, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'

/** By question: a number for a confidence, a word for a choice, free text. */
export const Answers = z.record(z.string().max(32), z.union([z.number(), z.string().max(4000)]))
export type Answers = z.infer<typeof Answers>

/** The questions of a stage in its own order. */
export function questionsOf(protocol: StudyProtocol, stage: Stage): Question[] {
  return stage.questions.flatMap((id) => protocol.questions.find((question) => question.id === id) ?? [])
}

/**
 * Checks a reader's answers against the questions of the stage.
 *
 * @param complete  required questions must be answered; an autosave need not be
 * @throws AppError `study/answer-missing`, `study/answer-unfit`, `study/answer-unasked`
 */
export function checkAnswers(questions: readonly Question[], answers: Answers, { complete = true } = {}): void {
  for (const id of Object.keys(answers)) {
    if (!questions.some((question) => question.id === id))
      throw new AppError('study/answer-unasked', `"${id}" is not asked in this stage.`)
  }
  for (const question of questions) {
    const answer = answers[question.id]
    if (answer === undefined || answer === '') {
      if (complete && question.required)
        throw new AppError('study/answer-missing', `"${question.text.en}" is not answered yet.`)
    } else if (!fits(question, answer)) {
      throw new AppError('study/answer-unfit', `The answer to "${question.text.en}" is none that it allows.`)
    }
  }
}

function fits(question: Question, answer: number | string): boolean {
  switch (question.kind) {
    case 'confidence':
      return typeof answer === 'number' && Number.isInteger(answer) && answer >= 0 && answer <= 100
    case 'yes-no':
      return answer === 'yes' || answer === 'no'
    case 'seen-before':
      return answer === 'yes' || answer === 'no' || answer === 'unsure'
    case 'real-or-generated':
      return answer === 'real' || answer === 'generated'
    case 'choice':
      return question.choices!.some((choice) => choice.id === answer)
    case 'text':
      return typeof answer === 'string' && answer.length <= 4000
    default:
      return question.kind satisfies never
  }
}
