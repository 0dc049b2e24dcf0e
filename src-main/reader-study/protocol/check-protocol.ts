import type { Stage, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'

export interface ProtocolProblem {
  /** Where in the protocol, for the editor: `cases`, `stages.1.arms`. */
  path: string
  /** What is wrong and what would mend it. */
  message: string
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
  if (counted.length < 4) problems.push({ path: 'cases', message: 'A study needs at least 4 cases besides training.' })
  if (new Set(cases.map((one) => one.caseId)).size !== cases.length)
    problems.push({ path: 'cases', message: 'Two cases have the same number.' })
  if (minimumDistance > 0 && minimumDistance >= counted.length) {
    problems.push({
      path: 'minimumDistance',
      message: `${minimumDistance} reads between two reads of a case do not fit into ${counted.length} cases.`,
    })
  }
  return problems
}

function readerProblems({ readers }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  if (readers.length < 1) problems.push({ path: 'readers', message: 'Nobody reads yet: add a reader.' })
  if (new Set(readers.map((one) => one.readerId)).size !== readers.length)
    problems.push({ path: 'readers', message: 'Two readers have the same number.' })
  return problems
}

function questionProblems({ questions }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  if (new Set(questions.map((one) => one.id)).size !== questions.length)
    problems.push({ path: 'questions', message: 'Two questions have the same name.' })
  for (const [index, question] of questions.entries()) {
    if ((question.kind === 'choice') !== (question.choices !== undefined))
      problems.push({ path: `questions.${index}`, message: 'A choice, and only a choice, lists what can be chosen.' })
  }
  return problems
}

function stageProblems({ questions, stages }: StudyProtocol, stage: Stage, index: number): ProtocolProblem[] {
  const at = `stages.${index}`
  const problems: ProtocolProblem[] = []
  if (new Set(stage.arms).size !== stage.arms.length)
    problems.push({ path: `${at}.arms`, message: 'An arm stands twice in one stage.' })
  for (const id of stage.questions) {
    const question = questions.find((one) => one.id === id)
    if (!question) problems.push({ path: `${at}.questions`, message: `There is no question "${id}".` })
    else if ((question.kind === 'real-or-generated') !== (stage.kind === 'real-or-generated'))
      if (question.kind !== 'text' && question.kind !== 'seen-before')
        problems.push({
          path: `${at}.questions`,
          message: `"${id}" belongs into a stage of the other kind: whether an image is real is asked by itself.`,
        })
  }
  const diagnosticLater = stages.slice(index + 1).some((later) => later.kind === 'diagnostic')
  if (stage.kind === 'real-or-generated' && diagnosticLater)
    problems.push({ path: at, message: 'The real/generated task comes after all diagnostic reads.' })
  if (index > 0 && stage.kind === 'diagnostic' && stage.washoutDays === 0)
    problems.push({ path: `${at}.washoutDays`, message: 'A later diagnostic stage needs a washout.' })
  const { minimumS, maximumS } = stage.timeLimits
  if (maximumS !== null && maximumS <= minimumS)
    problems.push({ path: `${at}.timeLimits`, message: 'The longest time is shorter than the shortest.' })
  return problems
}

function crossoverProblems({ stages }: StudyProtocol): ProtocolProblem[] {
  const periods = stages.filter((stage) => stage.assignment === 'crossover')
  const [first] = periods
  if (!first) return []
  if (periods.some((stage) => stage.arms.join() !== first.arms.join()))
    return [{ path: 'stages', message: 'All periods of a crossover list the same arms in the same order.' }]
  if (periods.length !== first.arms.length)
    return [{ path: 'stages', message: `A crossover of ${first.arms.length} arms has as many periods.` }]
  return []
}

function analysisProblems({ primary, questions, stages }: StudyProtocol): ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  const kindOf = (id: string): string | undefined => questions.find((one) => one.id === id)?.kind
  if (kindOf(primary.question) !== 'confidence')
    problems.push({ path: 'primary.question', message: 'The primary analysis needs a question of 0 to 100.' })
  if (primary.callQuestion !== null && kindOf(primary.callQuestion) !== 'yes-no')
    problems.push({ path: 'primary.callQuestion', message: 'Sensitivity and specificity need a yes/no question.' })
  const read = new Set(stages.filter((stage) => stage.kind === 'diagnostic').flatMap((stage) => stage.arms))
  for (const arm of primary.arms)
    if (!read.has(arm)) problems.push({ path: 'primary.arms', message: `No diagnostic stage reads the arm ${arm}.` })
  if (primary.arms[0] === primary.arms[1])
    problems.push({ path: 'primary.arms', message: 'The primary analysis compares two different arms.' })
  if (primary.hypothesis === 'non-inferiority' && primary.margin === 0)
    problems.push({ path: 'primary.margin', message: 'Non-inferiority needs a margin.' })
  return problems
}
