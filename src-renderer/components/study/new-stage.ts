import type { Question, StudyProtocol, Stage } from '../../contract.ts'

/** The first free name of a kind: `stage-4`, `question-2`. */
function freeId(kind: string, taken: readonly { id: string }[]): string {
  for (let number = taken.length + 1; ; number++)
    if (!taken.some(({ id }) => id === `${kind}-${number}`)) return `${kind}-${number}`
}

/** A further diagnostic stage before the real/generated task, like the diagnostic one before it. */
export function withNewStage(protocol: StudyProtocol): StudyProtocol {
  const place = protocol.stages.findIndex((stage) => stage.kind === 'real-or-generated')
  const at = place === -1 ? protocol.stages.length : place
  const model = protocol.stages[Math.max(0, at - 1)]!
  const id = freeId('stage', protocol.stages)
  const stage: Stage = {
    ...(JSON.parse(JSON.stringify(model)) as Stage),
    id,
    name: { en: `Stage ${at + 1}`, zh: `第 ${at + 1} 阶段` },
    kind: 'diagnostic',
    assignment: 'every-arm',
    washoutDays: 28,
  }
  return {
    ...protocol,
    template: 'own',
    stages: [...protocol.stages.slice(0, at), stage, ...protocol.stages.slice(at)],
  }
}

export function withoutStage(protocol: StudyProtocol, id: string): StudyProtocol {
  return { ...protocol, template: 'own', stages: protocol.stages.filter((stage) => stage.id !== id) }
}

/** A question of a kind, asked in every diagnostic stage until somebody says otherwise. */
export function withNewQuestion(protocol: StudyProtocol, kind: Question['kind']): StudyProtocol {
  const id = freeId('question', protocol.questions)
  const question: Question = {
    id,
    kind,
    text: { en: 'New question', zh: '新问题' },
    required: false,
    ...(kind === 'choice' && {
      choices: [1, 2].map((n) => ({ id: `choice-${n}`, label: { en: `Choice ${n}`, zh: `选项 ${n}` } })),
    }),
  }
  const stageKind = kind === 'real-or-generated' ? 'real-or-generated' : 'diagnostic'
  return {
    ...protocol,
    questions: [...protocol.questions, question],
    stages: protocol.stages.map((stage) =>
      stage.kind === stageKind ? { ...stage, questions: [...stage.questions, id] } : stage,
    ),
  }
}

export function withoutQuestion(protocol: StudyProtocol, id: string): StudyProtocol {
  return {
    ...protocol,
    questions: protocol.questions.filter((one) => one.id !== id),
    stages: protocol.stages.map((stage) => ({ ...stage, questions: stage.questions.filter((one) => one !== id) })),
  }
}
