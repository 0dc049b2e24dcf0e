import type { Answers } from '../reading/answers.ts'
import { csvTable } from './csv.ts'
import { currentProtocol, type StudyRecord } from './study-record.ts'

/** One line an answer that a later submission of the same read changed, in the order of the signed logs. */
export function answerHistory(study: StudyRecord): string {
  const { questions } = currentProtocol(study)
  const readOf = new Map(study.reads.map((read) => [read.readId, read]))
  const before = new Map<string, { answers: Answers; revision: number }>()
  const rows = study.log.flatMap(({ readerId, body, moment }) => {
    if (body.kind !== 'submitted') return []
    const earlier = before.get(body.readId)
    const revision = (earlier?.revision ?? -1) + 1
    before.set(body.readId, { answers: body.answers, revision })
    if (!earlier) return []
    const read = readOf.get(body.readId)
    const about = [readerId, read?.caseId, read?.stageId, read?.arm, revision]
    return questions.flatMap(({ id }) =>
      earlier.answers[id] === body.answers[id]
        ? []
        : [[...about, id, earlier.answers[id], body.answers[id], new Date(moment.wallMs).toISOString()]],
    )
  })
  return csvTable(
    ['reader_id', 'case_id', 'stage', 'arm', 'revision', 'question', 'before', 'after', 'changed_utc'],
    rows,
  )
}
