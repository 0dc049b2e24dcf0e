import type { StudyProtocol } from '../../src-preload/contract/study-protocol.ts'
import { articleDesign, protocolFrom } from '../../src-main/reader-study/protocol/templates.ts'

export const STUDY_ID = 'b0a4f3f2-0c8e-4a39-9f37-1d1d5a8f9c01'

/** The article's study: 77 cardiomyopathies, 34 controls, six readers in three seniorities. */
export function exampleProtocol({
  template = articleDesign,
  cases = 111,
  readers = 6,
  training = 0,
}: { template?: typeof articleDesign; cases?: number; readers?: number; training?: number } = {}): StudyProtocol {
  return {
    ...protocolFrom(template, { studyId: STUDY_ID, title: 'Example' }),
    cases: Array.from({ length: cases + training }, (_, index) => ({
      caseId: index + 1,
      stratum: index % 3 === 0 ? 'control' : 'cardiomyopathy',
      training: index >= cases,
    })),
    readers: Array.from({ length: readers }, (_, index) => ({
      readerId: index + 1,
      seniority: ['resident', 'attending', 'associate-chief'][Math.floor(index / 2) % 3]!,
    })),
    ...(cases < 40 ? { minimumDistance: Math.floor(cases / 4) } : {}),
  }
}

export const SEED = new Uint8Array(32).map((_, index) => index)
