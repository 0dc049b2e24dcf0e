import type { Hanging, Question, Stage, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'

const hanging: Hanging = {
  layout: 'ecg-above',
  paperMmPerS: 25,
  gainMmPerMv: 10,
  // With the ECG above it and the banner below, a case fits a screen of 1366 × 768.
  cineEdgePx: 320,
  cineSpeed: 1,
  contrast: 'fixed',
}

const noLimit = { minimumS: 0, maximumS: null }

const confidence: Question = {
  id: 'confidence',
  kind: 'confidence',
  text: {
    en: 'How sure are you that this patient has a cardiomyopathy? (0 surely not, 100 surely)',
    zh: '您有多大把握认为该患者患有心肌病？（0 肯定没有，100 肯定有）',
  },
  required: true,
}
const call: Question = {
  id: 'call',
  kind: 'yes-no',
  text: { en: 'Cardiomyopathy?', zh: '是否为心肌病？' },
  required: true,
}
const subtype: Question = {
  id: 'subtype',
  kind: 'choice',
  text: { en: 'If yes, which subtype is the most likely?', zh: '如果是，最可能的亚型是？' },
  required: false,
  choices: [
    { id: 'dcm', label: { en: 'Dilated', zh: '扩张型' } },
    { id: 'hcm', label: { en: 'Hypertrophic', zh: '肥厚型' } },
    { id: 'rcm', label: { en: 'Restrictive', zh: '限制型' } },
    { id: 'none', label: { en: 'None of these', zh: '均不是' } },
  ],
}
const seen: Question = {
  id: 'seen',
  kind: 'seen-before',
  text: { en: 'Have you seen this case before?', zh: '您以前见过这个病例吗？' },
  required: true,
}
const real: Question = {
  id: 'real',
  kind: 'real-or-generated',
  text: { en: 'Is this cine acquired or generated?', zh: '该电影序列是真实采集的还是生成的？' },
  required: true,
}

const diagnosticQuestions = ['confidence', 'call', 'subtype', 'seen']

/** The task that follows all diagnostic reads: each cine alone on its merits, real and generated in different sittings. */
const task: Stage = {
  id: 'real-task',
  name: { en: 'Real or generated', zh: '真实或生成' },
  kind: 'real-or-generated',
  arms: ['ecg-real', 'ecg-generated'],
  assignment: 'every-arm',
  questions: ['real'],
  hanging,
  washoutDays: 0,
  timeLimits: noLimit,
}

type Template = Pick<StudyProtocol, 'template' | 'stages' | 'questions' | 'primary'>

const primary: StudyProtocol['primary'] = {
  question: 'confidence',
  callQuestion: 'call',
  arms: ['ecg-generated', 'ecg'],
  hypothesis: 'superiority',
  margin: 0,
  level: 0.95,
  equivalence: [0.4, 0.6],
}

/**
 * The article's study: stage 1 ECG; after the washout, stage 2 with two separate reads per case and reader,
 * ECG + generated and ECG + real, in counterbalanced order and different sittings; afterwards the real/generated task.
 * Every reader sees the ECG alone first, so learning and carry-over favour stage 2: reports name this.
 */
export const articleDesign: Template = {
  template: 'article-design',
  questions: [confidence, call, subtype, seen, real],
  stages: [
    {
      id: 'stage-1',
      name: { en: 'Stage 1: ECG', zh: '第一阶段：心电图' },
      kind: 'diagnostic',
      arms: ['ecg'],
      assignment: 'every-arm',
      questions: diagnosticQuestions,
      hanging,
      washoutDays: 0,
      timeLimits: noLimit,
    },
    {
      id: 'stage-2',
      name: { en: 'Stage 2: ECG and cine', zh: '第二阶段：心电图与电影' },
      kind: 'diagnostic',
      arms: ['ecg-generated', 'ecg-real'],
      assignment: 'every-arm',
      questions: diagnosticQuestions,
      hanging,
      washoutDays: 28,
      timeLimits: noLimit,
    },
    task,
  ],
  primary,
}

/**
 * Counterbalanced: three periods, and every case follows one of the six Williams sequences of ECG, ECG + real and
 * ECG + generated with each reader, so that order and first-order carry-over are balanced. The real/generated task is last.
 */
export const sixSequenceWilliamsDesign: Template = {
  template: 'williams-design',
  questions: [confidence, call, subtype, seen, real],
  stages: [
    ...[1, 2, 3].map((period): Stage => ({
      id: `period-${period}`,
      name: { en: `Period ${period}`, zh: `第 ${period} 期` },
      kind: 'diagnostic',
      arms: ['ecg', 'ecg-real', 'ecg-generated'],
      assignment: 'crossover',
      questions: diagnosticQuestions,
      hanging,
      washoutDays: period === 1 ? 0 : 28,
      timeLimits: noLimit,
    })),
    task,
  ],
  primary,
}

/** A protocol that begins from a template, without cases and readers yet. */
export function protocolFrom(
  template: Template,
  { studyId, title }: { studyId: string; title: string },
): StudyProtocol {
  return {
    schema: 1,
    studyId,
    version: 1,
    title,
    ...structuredClone(template),
    cases: [],
    readers: [],
    minimumDistance: 20,
    sitting: { maximumReads: 60, gapHours: 12, pauseAfterMinutes: 45, pauseMinutes: 5, awayAfterS: 60 },
    finalOnSubmit: true,
    amendmentReason: '',
  }
}
