import type { CodedSentence } from '../../../src-preload/contract/coded-sentence.ts'
import type { Stage, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'

/** What is wrong and what would mend it, and where in the protocol: `cases`, `stages.1.arms`. */
export type ProtocolProblem = CodedSentence & { path: string }

export function problem(
  path: string,
  code: string,
  message: string,
  values: CodedSentence['values'] = {},
): ProtocolProblem {
  return { path, code: `protocol/${code}`, values, message }
}

/** Everything that keeps a protocol from being locked; the schema has been checked before. */
export function protocolProblems(protocol: StudyProtocol): ProtocolProblem[] {
  return [
    ...caseProblems(protocol),
    ...readerProblems(protocol),
    ...questionProblems(protocol),
    ...protocol.stages.flatMap((stage, index) => stageProblems(protocol, stage, index)),
    ...crossoverProblems(protocol),
    ...analysisProblems(protocol),
  ]
}

function caseProblems({ cases, minimumDistance }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  const counted = cases.filter((one) => !one.training)
  if (counted.length < 4)
    problems.push(problem('cases', 'cases-few', 'A study needs at least 4 cases besides training.'))
  if (new Set(cases.map((one) => one.caseId)).size !== cases.length)
    problems.push(problem('cases', 'case-number-twice', 'Two cases have the same number.'))
  if (minimumDistance > 0 && minimumDistance >= counted.length) {
    problems.push(
      problem(
        'minimumDistance',
        'distance-too-large',
        `${minimumDistance} reads between two reads of a case do not fit into ${counted.length} cases.`,
        { distance: minimumDistance, cases: counted.length },
      ),
    )
  }
  return problems
}

function readerProblems({ readers }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  if (readers.length < 1) problems.push(problem('readers', 'readers-none', 'Nobody reads yet: add a reader.'))
  if (new Set(readers.map((one) => one.readerId)).size !== readers.length)
    problems.push(problem('readers', 'reader-number-twice', 'Two readers have the same number.'))
  return problems
}

function questionProblems({ questions }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  if (new Set(questions.map((one) => one.id)).size !== questions.length)
    problems.push(problem('questions', 'question-name-twice', 'Two questions have the same name.'))
  for (const [index, question] of questions.entries()) {
    if ((question.kind === 'choice') !== (question.choices !== undefined))
      problems.push(
        problem(`questions.${index}`, 'question-choices', 'A choice, and only a choice, lists what can be chosen.'),
      )
  }
  return problems
}

function stageProblems({ questions, stages }: StudyProtocol, stage: Stage, index: number): ProtocolProblem[] {
  const at = `stages.${index}`
  const problems: ProtocolProblem[] = []
  if (new Set(stage.arms).size !== stage.arms.length)
    problems.push(problem(`${at}.arms`, 'arm-twice', 'An arm stands twice in one stage.'))
  for (const id of stage.questions) {
    const question = questions.find((one) => one.id === id)
    if (!question)
      problems.push(problem(`${at}.questions`, 'question-unknown', `There is no question "${id}".`, { question: id }))
    else if ((question.kind === 'real-or-generated') !== (stage.kind === 'real-or-generated'))
      if (question.kind !== 'text' && question.kind !== 'seen-before')
        problems.push(
          problem(
            `${at}.questions`,
            'question-elsewhere',
            `"${id}" belongs into a stage of the other kind: whether an image is real is asked by itself.`,
            { question: id },
          ),
        )
  }
  const diagnosticLater = stages.slice(index + 1).some((later) => later.kind === 'diagnostic')
  if (stage.kind === 'real-or-generated' && diagnosticLater)
    problems.push(problem(at, 'tell-too-early', 'The real/generated task comes after all diagnostic reads.'))
  if (index > 0 && stage.kind === 'diagnostic' && stage.washoutDays === 0)
    problems.push(problem(`${at}.washoutDays`, 'washout-missing', 'A later diagnostic stage needs a washout.'))
  const { minimumS, maximumS } = stage.timeLimits
  if (maximumS !== null && maximumS <= minimumS)
    problems.push(problem(`${at}.timeLimits`, 'time-limits', 'The longest time is shorter than the shortest.'))
  return problems
}

function crossoverProblems({ stages }: StudyProtocol): ProtocolProblem[] {
  const periods = stages.filter((stage) => stage.assignment === 'crossover')
  const [first] = periods
  if (!first) return []
  if (periods.some((stage) => stage.arms.join() !== first.arms.join()))
    return [problem('stages', 'crossover-arms', 'All periods of a crossover list the same arms in the same order.')]
  if (periods.length !== first.arms.length)
    return [
      problem('stages', 'crossover-periods', `A crossover of ${first.arms.length} arms has as many periods.`, {
        arms: first.arms.length,
      }),
    ]
  return []
}

function analysisProblems({ primary, questions, stages }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  const kindOf = (id: string): string | undefined => questions.find((one) => one.id === id)?.kind
  if (kindOf(primary.question) !== 'confidence')
    problems.push(problem('primary.question', 'primary-question', 'The primary analysis needs a question of 0 to 100.'))
  if (primary.callQuestion !== null && kindOf(primary.callQuestion) !== 'yes-no')
    problems.push(
      problem('primary.callQuestion', 'primary-call', 'Sensitivity and specificity need a yes/no question.'),
    )
  const read = new Set(stages.filter((stage) => stage.kind === 'diagnostic').flatMap((stage) => stage.arms))
  for (const arm of primary.arms)
    if (!read.has(arm))
      problems.push(problem('primary.arms', 'primary-arm-unread', `No diagnostic stage reads the arm ${arm}.`, { arm }))
  if (primary.arms[0] === primary.arms[1])
    problems.push(problem('primary.arms', 'primary-arms-same', 'The primary analysis compares two different arms.'))
  if (primary.hypothesis === 'non-inferiority' && primary.margin === 0)
    problems.push(problem('primary.margin', 'margin-missing', 'Non-inferiority needs a margin.'))
  return problems
}
